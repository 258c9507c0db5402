package io.serai.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The part of a hub that runs Postgres, in a process of its own, which can be killed. */
record HubProcess(Process process, BufferedReader output) implements AutoCloseable {

    static HubProcess on(Path data) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp", System.getProperty("java.class.path"), HubProcess.class.getName(), data.toString())
                .redirectErrorStream(true)
                .start();
        return new HubProcess(process, process.inputReader(StandardCharsets.UTF_8));
    }

    /** The next line that begins so, without its beginning. */
    String says(String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new IllegalStateException("it ended without saying " + beginning);
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]))) {
            System.out.println("up at " + postgres.server());
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (DatabaseUnusable refusal) {
            System.out.println("refused: " + refusal.getMessage());
        }
    }
}
