package io.serai.proof;

import io.serai.Failpoint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A hub in a process of its own. */
final class Hub implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
    private final String name;
    private final Path home;
    private final Map<String, String> environment;
    private final Port port = new Port();
    private Process process;
    private Instant startedAt;
    private long peak;
    private String failpoint = "";

    /** @param environment all that it is told, beside the name of its home */
    Hub(String name, Path home, Map<String, String> environment) {
        this.name = name;
        this.home = home;
        this.environment = environment;
    }

    String name() {
        return name;
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port.number() + path);
    }

    Instant startedAt() {
        return startedAt;
    }

    /** With which it was started. */
    String failpoint() {
        return failpoint;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /**
     * Starts it and waits until it is well; who has a fail point or takes up what kills it may be dead by then.
     *
     * @param failpoint as {@code serai.failpoint}, or empty
     */
    void start(String failpoint) {
        this.failpoint = failpoint;
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
                "-Xmx400m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-Dserai.failpoint=" + failpoint));
        command.addAll(program());
        var builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("SERAI_") || variable.matches("(TELEGRAM|SLACK|EMAIL)_.*"));
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_PORT", String.valueOf(port.number()));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        startedAt = Instant.now();
        try {
            process = builder.start();
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
        boolean well = Patience.wait(STARTS_WITHIN, () -> isWell() || !process.isAlive());
        if (!well || !process.isAlive() && process.exitValue() != Failpoint.KILLED) {
            throw new IllegalStateException("hub " + name + " did not start:\n" + lastWords());
        }
    }

    /** The most memory that it had since it was started, in megabytes, where the machine tells it. */
    long peakMemory() {
        look();
        return peak;
    }

    private void look() {
        try {
            Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .forEach(line -> peak = Math.max(peak, Long.parseLong(line.replaceAll("\\D", "")) / 1024));
        } catch (IOException gone) {
            // it has ended, or this is no Linux: what was seen until now stands
        }
    }

    /** kill -9. */
    void kill() {
        look();
        process.destroyForcibly().onExit().join();
    }

    /** Whether it ended by itself within a time. */
    boolean ends(Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException alive) {
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** SIGTERM; returns how long it took to end. */
    Duration terminate() {
        look();
        Instant told = Instant.now();
        process.destroy();
        if (!ends(Duration.ofMinutes(2))) {
            kill();
        }
        return Duration.between(told, Instant.now());
    }

    /** Stops its threads where they are, as a machine does that hangs; CONT lets them go on. */
    void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().onExit().join();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    Path log() {
        return home.resolve("hub-" + name + ".log");
    }

    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            signal("CONT");
            terminate();
        }
        port.close();
    }

    private boolean isWell() {
        try {
            return http.send(HttpRequest.newBuilder(url("/health")).timeout(Duration.ofSeconds(5)).build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** The same program as this one: a jar, or the class path of a build. */
    private static List<String> program() {
        String path = System.getProperty("java.class.path");
        String absolute = Arrays.stream(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return path.endsWith(".jar") && !path.contains(File.pathSeparator) ? List.of("-jar", absolute) : List.of("-cp", absolute, "io.serai.Serai");
    }
}
