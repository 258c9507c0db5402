package io.serai.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A program that runs to its end. */
record Command(List<String> words) {

    /** How it ended and what it printed. */
    record Outcome(int exit, String output) {

        boolean isGood() {
            return exit == 0;
        }
    }

    /** Runs it; a program that is not there ends like one that fails. */
    Outcome run() {
        Process process;
        try {
            process = prepared(words).redirectErrorStream(true).start();
        } catch (IOException absent) {
            return new Outcome(127, absent.getMessage());
        }
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Outcome(process.waitFor(), output);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroy();
            return new Outcome(130, "interrupted");
        }
    }

    /** A process that sees nothing of the caller's Postgres settings and speaks English. */
    static ProcessBuilder prepared(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        environment.put("LC_ALL", "C");
        return builder;
    }
}
