package io.serai.town;

import io.serai.proof.Port;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A hub in a process of its own, with its own embedded database, that can be killed as a power cut kills. */
public final class KillableHub implements AutoCloseable {

    private final Path home;
    private final Map<String, String> environment;
    private final Port port = new Port();
    private Process process;

    /** @param environment is all it is told: no setting, no file */
    public KillableHub(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /**
     * Starts it and waits until it is well; as {@code mvn spring-boot:run} does, without C2, which takes longer than the hub lives, unless
     * {@code -Dhub.java="-XX:AOTCache=serai.aot -jar serai.jar"} says what java is told.
     */
    public void start() {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx512m", "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED"));
        String program = System.getProperty("hub.java");
        command.addAll(program != null ? List.of(program.split(" ")) : List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(), "io.serai.Serai"));
        var builder = new ProcessBuilder(command);
        builder.directory(home.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SERAI_"));
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_PORT", String.valueOf(port.number()));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("hub.log").toFile()));
        try {
            process = builder.start();
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
        Awaitility.await("the hub is well, see " + home.resolve("hub.log")).atMost(Duration.ofSeconds(90)).until(this::isWell);
    }

    public String url() {
        return "http://127.0.0.1:" + port.number();
    }

    public Visitor visitor() {
        return new Visitor(this::url);
    }

    /** What the processors did for the hub so far. */
    public Duration processor() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** What they did for its database, and for whatever else it has started. */
    public Duration databaseProcessor() {
        return process.descendants().map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().get(40, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException stuck) {
            kill();
        }
        port.close();
    }

    private boolean isWell() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the hub ended with " + process.exitValue() + ", see " + home.resolve("hub.log"));
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url() + "/health")).build(), BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
