package io.serai.bench;

import io.serai.proof.Port;
import io.serai.town.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * How long the packaged hub takes until it is well, by the clock and of the processor; what it and its Postgres hold in memory after an idle minute;
 * and what a turn takes on disk, embeddings and indexes included. On Linux.
 *
 * <p>Arguments: the jar, starts of each kind (3), turns (1000). Options of Java for every hub: {@code -Dhub.options="-XX:+UseParallelGC"}.
 */
final class Start {

    private static final String TOKEN = "a-token-for-the-benchmark";
    private static final String ANSWER = "We have that in stock: 24 of the oak table, two metres by ninety, at 412.50 each. From ten on there are five "
            + "percent off, and delivery within the city is free on Tuesdays and Fridays. Shall I put twelve of them aside for you until the end of the week?";
    private static final List<String> OPTIONS =
            Stream.of(System.getProperty("hub.options", "-XX:+UseParallelGC").split(" ")).filter(word -> !word.isEmpty()).toList();

    private final String java = ProcessHandle.current().info().command().orElseThrow();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final Map<String, String> environment;
    private final Port port = new Port();
    private Process hub;

    private Start(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]).toAbsolutePath();
        int starts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        int turns = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1000;
        Path folder = Files.createTempDirectory("start");
        try (var model = ScriptedModel.start().says(ANSWER)) {
            new Start(folder, Map.of("SERAI_MODELS_MAIN_BASE_URL", model.url(), "SERAI_MODELS_MAIN_NAME", "scripted",
                    "SERAI_API_TOKEN", TOKEN, "SERAI_PROFILE_EXTRACTION", "off", "SERAI_SUMMARY_EVERY", "0", "SERAI_LIMITS_COMPLETIONS", "100000000")).measure(jar, starts, turns);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void measure(Path jar, int starts, int turns) throws Exception {
        run(List.of(java, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", "extracted", "--application-filename", "serai.jar"));
        String extracted = folder.resolve("extracted/serai.jar").toString();
        report("jar, no data folder", 1, List.of("-jar", jar.toString()));
        report("jar", starts, List.of("-jar", jar.toString()));
        report("extracted jar", starts, List.of("-jar", extracted));
        List<String> training = new ArrayList<>(List.of(java));
        training.addAll(OPTIONS);
        training.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:AOTCacheOutput=serai.aot", "-jar", extracted, "train"));
        run(training);
        List<String> cached = List.of("-XX:AOTCache=serai.aot", "-jar", extracted);
        report("extracted jar, AOT cache", starts, cached);
        start(cached);
        System.out.println("an idle minute ...");
        Thread.sleep(Duration.ofMinutes(1));
        System.out.printf("idle: hub %d MB (of which shared with files %d MB), Postgres %d MB%n", kilobytes(hub.pid(), "status", "VmRSS:") / 1024,
                kilobytes(hub.pid(), "status", "RssFile:") / 1024, postgres() / 1024);
        disk(turns);
        stop();
    }

    private void report(String what, int starts, List<String> program) throws Exception {
        for (int start = 1; start <= starts; start++) {
            long begun = System.nanoTime();
            start(program);
            System.out.printf("%-26s well after %4.1f s, %4.1f s of the processor, %d MB; load of the machine %s%n", what,
                    (System.nanoTime() - begun) / 1e9,
                    hub.info().totalCpuDuration().orElseThrow().toMillis() / 1e3, kilobytes(hub.pid(), "status", "VmRSS:") / 1024,
                    Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
            stop();
        }
    }

    private void start(List<String> program) throws IOException {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(OPTIONS);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(program);
        hub = process(command);
        Awaitility.await("see " + folder.resolve("log")).atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50)).until(this::isWell);
    }

    private void stop() throws InterruptedException {
        hub.destroy();
        hub.waitFor();
    }

    private void run(List<String> command) throws Exception {
        if (process(command).waitFor() != 0) {
            throw new IllegalStateException(command + " failed:\n" + Files.readString(folder.resolve("log")));
        }
    }

    private Process process(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SERAI_"));
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_PORT", String.valueOf(port.number()));
        return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile())).start();
    }

    private boolean isWell() throws InterruptedException {
        try {
            var health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.number() + "/health")).build();
            return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static long kilobytes(long process, String file, String line) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/" + file))) {
            return lines.filter(each -> each.startsWith(line)).mapToLong(each -> Long.parseLong(each.replaceAll("\\D", ""))).sum();
        }
    }

    /** Of all its processes; what they share counts once. */
    private long postgres() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(folder.resolve("data/postgres/postmaster.pid")).getFirst().strip());
        long sum = kilobytes(postmaster, "smaps_rollup", "Pss:");
        for (ProcessHandle child : ProcessHandle.of(postmaster).orElseThrow().children().toList()) {
            sum += kilobytes(child.pid(), "smaps_rollup", "Pss:");
        }
        return sum;
    }

    private void disk(int turns) throws Exception {
        var database = JdbcClient.create(new DriverManagerDataSource(
                "jdbc:postgresql://127.0.0.1:" + Files.readString(folder.resolve("data/postgres.port")).strip() + "/serai", "serai",
                Files.readString(folder.resolve("data/postgres.password"))));
        long before = size(database);
        for (int turn = 1; turn <= turns; turn++) {
            ask(turn);
            if (turn % Math.max(1, turns / 10) == 0) {
                System.out.println("  " + turn + " of " + turns + " turns");
            }
        }
        Awaitility.await("all is reflected upon").atMost(Duration.ofMinutes(10)).pollInterval(Duration.ofSeconds(1))
                .until(() -> database.sql("select count(*) from work").query(Long.class).single() == 0);
        database.sql("vacuum analyze").update();
        System.out.printf("disk: %.1f KB a turn over %d turns of 20 people; the fattest tables, in KB a turn (rows, long values, indexes):%n",
                (size(database) - before) / 1024.0 / turns, turns);
        database.sql("""
                select relname, pg_relation_size(oid) rows, pg_table_size(oid) - pg_relation_size(oid) long, pg_indexes_size(oid) indexes
                from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by pg_total_relation_size(oid) desc limit 10
                """)
                .query((row, number) -> "  %-16s %5.2f %5.2f %5.2f".formatted(row.getString("relname"), row.getLong("rows") / 1024.0 / turns,
                        row.getLong("long") / 1024.0 / turns, row.getLong("indexes") / 1024.0 / turns))
                .list()
                .forEach(System.out::println);
    }

    private static long size(JdbcClient database) {
        return database.sql("select pg_database_size('serai')").query(Long.class).single();
    }

    private void ask(int turn) throws Exception {
        String body = """
                {"model": "serai", "user": "person-%d", "messages": [{"role": "user", "content": "Question %d: what does the oak table cost, \
                and from how many on is there a discount? We would need it by the %d of next month."}]}""".formatted(turn % 20, turn, turn % 28 + 1);
        var answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.number() + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }
}
