package io.serai.bench;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.serai.town.KillableHub;
import io.serai.town.ScriptedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * What the hub itself adds to a turn: a model that takes no time is asked by 1, 8, 32 and 128 people at once, then by many at half the highest rate that
 * was seen, and as much as it takes is told to a webhook. Beside it stand the limits of the machine, measured in the same run: how many rows its Postgres
 * commits in a second, each by itself and with fsync on, and how many texts of that length are embedded.
 *
 * <p>Argument: messages for each number of people (600). The hub has 512 MB of heap and the embedded Postgres, or the server of {@code SERAI_DB_URL},
 * {@code _USER} and {@code _PASSWORD}; people and model share the machine with it.
 */
final class Overhead {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(4);
    private static final int AT_ONCE = 8;

    private Overhead() {}

    public static void main(String[] arguments) throws Exception {
        int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 600;
        Path home = Files.createTempDirectory("overhead");
        try (var model = ScriptedModel.start().says(People.ANSWER);
                var hub = new KillableHub(home, People.settings(model))) {
            hub.start();
            var people = new People(hub);
            System.out.println("warming up");
            people.run(50, 20, people::ask, done -> {});
            people.rest();
            double commits = commits(home);
            double embeddings = embeddings();
            System.out.printf("the machine: %.0f commits a second by %d connections, %.0f embeddings a second%n", commits, AT_ONCE, embeddings);
            double most = 0;
            for (int conversations : new int[] {1, 8, 32, 128}) {
                People.Run run = people.run(conversations, Math.max(1, messages / conversations), people::ask, done -> {});
                most = Math.max(most, run.perSecond());
                tell("%d people".formatted(conversations), run, commits);
                people.rest();
            }
            tell("half of that a second, by 128 people", people.run(most / 2, 128, Math.max(1, messages / 128), people::ask), commits);
            people.rest();
            People.Run told = people.run(32, Math.max(1, messages / 32), people::tell, done -> {});
            System.out.printf("accepted by a webhook, while they are answered: %.0f a second, 1 to %.0f commits of the machine; p50 %.0f ms, p99 %.0f ms%n",
                    told.perSecond(), commits / told.perSecond(), told.at(.5), told.at(.99));
            people.rest();
        }
    }

    private static void tell(String who, People.Run run, double commits) {
        System.out.printf("%s: from question to answer p50 %.0f ms, p99 %.0f ms; %.0f answers a second, 1 to %.0f commits of the machine; "
                + "processor for each: hub %.1f ms, database %.1f ms, model and people %.1f ms%n", who, run.at(.5), run.at(.99),
                run.perSecond(), commits / run.perSecond(), run.each(run.processor().hub()), run.each(run.processor().database()),
                run.each(run.processor().world()));
    }

    /** Rows that are written a second to the hub's own Postgres, a transaction each. */
    private static double commits(Path home) throws Exception {
        try (Connection connection = connect(home); Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists bench (id bigserial primary key, text text)");
        }
        return perSecond(AT_ONCE, end -> {
            int rows = 0;
            try (Connection connection = connect(home);
                    PreparedStatement insert = connection.prepareStatement("insert into bench (text) values ('Question 1: what is the answer?')")) {
                for (; System.nanoTime() < end; rows++) {
                    insert.executeUpdate();
                }
            }
            return rows;
        });
    }

    private static Connection connect(Path home) throws Exception {
        String server = System.getenv("SERAI_DB_URL");
        return server != null
                ? DriverManager.getConnection(server, System.getenv("SERAI_DB_USER"), System.getenv("SERAI_DB_PASSWORD"))
                : DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + Files.readString(home.resolve("data/postgres.port")).strip() + "/serai",
                        "serai", Files.readString(home.resolve("data/postgres.password")));
    }

    private static double embeddings() throws Exception {
        var model = new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);
        return perSecond(Runtime.getRuntime().availableProcessors(), end -> {
            int texts = 0;
            for (; System.nanoTime() < end; texts++) {
                model.embed("Question " + texts + ": what is the answer?");
            }
            return texts;
        });
    }

    @FunctionalInterface
    private interface Doing {

        /** @return how often it was done until then, by {@link System#nanoTime} */
        int until(long end) throws Exception;
    }

    private static double perSecond(int threads, Doing doing) throws Exception {
        long begun = System.nanoTime();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            double done = 0;
            for (Future<Integer> each : IntStream.range(0, threads).mapToObj(thread -> executor.submit(
                    (Callable<Integer>) () -> doing.until(begun + LONG_ENOUGH.toNanos()))).toList()) {
                done += each.get();
            }
            return done * 1e9 / (System.nanoTime() - begun);
        }
    }
}
