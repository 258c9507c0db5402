package io.serai.bench;

import io.serai.town.KillableHub;
import io.serai.town.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Many conversations at once, over HTTP, against a hub in a process of its own (512 MB of heap, embedded Postgres, fsync on) and a model that takes
 * its time.
 *
 * <p>Arguments: conversations (500), messages of each (1), milliseconds the model takes (2000), turns before (1000). With {@code SERAI_DB_URL}, {@code _USER} and
 * {@code _PASSWORD} the hub has that server instead, whose processor time is then not told.
 */
final class Crowd {

    private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\",id=\"[^\"]*\"} (\\S+)");

    private final People people;
    private volatile double heap;

    private Crowd(People people) {
        this.people = people;
    }

    public static void main(String[] arguments) throws Exception {
        int conversations = number(arguments, 0, 500);
        int messages = number(arguments, 1, 1);
        Duration latency = Duration.ofMillis(number(arguments, 2, 2000));
        int before = number(arguments, 3, 1000);
        try (var model = ScriptedModel.start().says(People.ANSWER);
                var hub = new KillableHub(Files.createTempDirectory("crowd"), People.settings(model))) {
            hub.start();
            var people = new People(hub);
            System.out.printf("warming up: %d turns%n", before);
            people.run(50, before / 50, people::ask, done -> {});
            people.rest();
            model.takes(latency);
            System.out.printf("%d conversations, %d message(s) each, a model that takes %d ms%n", conversations, messages, latency.toMillis());
            var crowd = new Crowd(people);
            crowd.report(crowd.run(conversations, messages), messages, latency);
        }
    }

    private People.Run run(int conversations, int messages) throws Exception {
        long start = System.nanoTime();
        Thread watch = Thread.ofVirtual().start(this::watch);
        try {
            return people.run(conversations, messages, people::ask, done -> {
                if (done % Math.max(1, conversations / 10) == 0) {
                    System.out.printf("  %d of %d conversations done after %.1f s%n", done, conversations, (System.nanoTime() - start) / 1e9);
                }
            });
        } finally {
            watch.interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                heap = Math.max(heap, HEAP.matcher(people.figures()).results().mapToDouble(match -> Double.parseDouble(match.group(1))).sum());
                Thread.sleep(1000);
            }
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(People.Run run, int messages, Duration latency) {
        double ideal = latency.toMillis() / 1000.0 * messages;
        double seconds = run.took().toMillis() / 1000.0;
        System.out.printf("all %d answered in %.2f s: %.0f a second%s; %d times there was no room for a question, and it was asked again%n",
                run.nanos().length, seconds, run.perSecond(), ideal == 0 ? "" : ", %.2f times the ideal of %.1f s".formatted(seconds / ideal, ideal),
                people.refused());
        System.out.printf("from question to answer: p50 %.0f ms, p95 %.0f ms, p99 %.0f ms%n", run.at(.5), run.at(.95), run.at(.99));
        System.out.printf("processor for each answer: hub %.1f ms, database %.1f ms, model and clients %.1f ms%n",
                run.each(run.processor().hub()), run.each(run.processor().database()), run.each(run.processor().world()));
        System.out.printf("highest heap seen: %.0f MB of 512%n", heap / 1e6);
    }

    private static int number(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }
}
