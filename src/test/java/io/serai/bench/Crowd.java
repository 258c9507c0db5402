package io.serai.bench;

import io.serai.town.KillableHub;
import io.serai.town.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * Many conversations at once, over HTTP, against a hub in a process of its own (512 MB of heap, embedded Postgres, fsync on) and a model that takes
 * its time.
 *
 * <p>Arguments: conversations (500), messages of each (1), milliseconds the model takes (2000). With {@code SERAI_DB_URL}, {@code _USER} and
 * {@code _PASSWORD} the hub has that server instead, whose processor time is then not told.
 */
final class Crowd {

    private static final String TOKEN = "a-token-for-the-benchmark";
    private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\",id=\"[^\"]*\"} (\\S+)");

    private static final Pattern WORK = Pattern.compile("serai_work_(?:waiting|in_progress)\\{[^}]*} (\\S+)");

    private final KillableHub hub;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(Executors.newVirtualThreadPerTaskExecutor()).build();
    private volatile double heap;

    private Crowd(KillableHub hub) {
        this.hub = hub;
    }

    public static void main(String[] arguments) throws Exception {
        int conversations = number(arguments, 0, 500);
        int messages = number(arguments, 1, 1);
        Duration latency = Duration.ofMillis(number(arguments, 2, 2000));
        Path home = Files.createTempDirectory("crowd");
        try (var model = ScriptedModel.start().says("Forty-two.");
                var hub = new KillableHub(home, settings(model))) {
            hub.start();
            var crowd = new Crowd(hub);
            System.out.println("warming up");
            crowd.run(50, 20);
            crowd.rest();
            model.takes(latency);
            System.out.printf("%d conversations, %d message(s) each, a model that takes %d ms%n", conversations, messages, latency.toMillis());
            crowd.report(crowd.run(conversations, messages), conversations, messages, latency);
        }
    }

    private static Map<String, String> settings(ScriptedModel model) {
        var settings = new HashMap<>(Map.of(
                "SERAI_MODELS_MAIN_BASE_URL", model.url(), "SERAI_MODELS_MAIN_NAME", "scripted",
                "SERAI_PROFILE_EXTRACTION", "off", "SERAI_SUMMARY_EVERY", "0",
                "SERAI_API_TOKEN", TOKEN, "SERAI_LIMITS_COMPLETIONS", "100000000"));
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("SERAI_DB_")) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    /** What the processors did, for whom. */
    private record Processor(Duration hub, Duration database, Duration world) {

        static Processor of(KillableHub hub) {
            return new Processor(hub.processor(), hub.databaseProcessor(), ProcessHandle.current().info().totalCpuDuration().orElseThrow());
        }

        Processor since(Processor before) {
            return new Processor(hub.minus(before.hub), database.minus(before.database), world.minus(before.world));
        }
    }

    private record Run(long[] nanos, Duration took, Processor processor) {}

    private Run run(int conversations, int messages) throws Exception {
        Processor before = Processor.of(hub);
        long start = System.nanoTime();
        List<long[]> all = new ArrayList<>();
        Thread watch = Thread.ofVirtual().start(this::watch);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> talks = new ArrayList<>();
            for (int person = 0; person < conversations; person++) {
                String user = "person-" + conversations + "-" + person;
                talks.add(people.submit((Callable<long[]>) () -> talk(user, messages)));
            }
            for (Future<long[]> talk : talks) {
                all.add(talk.get());
                if (all.size() % Math.max(1, conversations / 10) == 0) {
                    System.out.printf("  %d of %d conversations done after %.1f s%n", all.size(), conversations, (System.nanoTime() - start) / 1e9);
                }
            }
        } finally {
            watch.interrupt();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Run(all.stream().flatMapToLong(Arrays::stream).sorted().toArray(), took, Processor.of(hub).since(before));
    }

    private long[] talk(String user, int messages) throws IOException, InterruptedException {
        long[] nanos = new long[messages];
        for (int message = 0; message < messages; message++) {
            long asked = System.nanoTime();
            String body = "{\"model\": \"serai\", \"user\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"Question %d: what is the answer?\"}]}"
                    .formatted(user, message);
            HttpResponse<String> answer = http.send(request("/v1/chat/completions").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200 || !answer.body().contains("Forty-two.")) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            nanos[message] = System.nanoTime() - asked;
        }
        return nanos;
    }

    /** Waits until the hub has thought all of it over. */
    private void rest() throws IOException, InterruptedException {
        for (int still = 0; still < 12; still++) {
            Thread.sleep(1000);
            var found = WORK.matcher(http.send(request("/prometheus").build(), BodyHandlers.ofString()).body());
            if (found.results().mapToDouble(match -> Double.parseDouble(match.group(1))).sum() > 0) {
                still = 0;
            }
        }
    }

    private void watch() {
        try {
            while (true) {
                var found = HEAP.matcher(http.send(request("/prometheus").build(), BodyHandlers.ofString()).body());
                heap = Math.max(heap, found.results().mapToDouble(match -> Double.parseDouble(match.group(1))).sum());
                Thread.sleep(1000);
            }
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(hub.url() + path)).header("Authorization", "Bearer " + TOKEN);
    }

    private void report(Run run, int conversations, int messages, Duration latency) {
        double ideal = latency.toMillis() / 1000.0 * messages;
        double seconds = run.took().toMillis() / 1000.0;
        System.out.printf("all %d answered in %.2f s: %.0f a second%s%n", run.nanos().length, seconds, run.nanos().length / seconds,
                ideal == 0 ? "" : ", %.2f times the ideal of %.1f s".formatted(seconds / ideal, ideal));
        System.out.printf("from question to answer: p50 %.0f ms, p95 %.0f ms, p99 %.0f ms%n", at(run, .5), at(run, .95), at(run, .99));
        System.out.printf("processor for each answer: hub %.1f ms, database %.1f ms, model and clients %.1f ms%n",
                each(run, run.processor().hub()), each(run, run.processor().database()), each(run, run.processor().world()));
        System.out.printf("highest heap seen: %.0f MB of 512%n", heap / 1e6);
    }

    private static double each(Run run, Duration processor) {
        return processor.toMillis() / (double) run.nanos().length;
    }

    private static double at(Run run, double share) {
        return run.nanos()[(int) Math.min(run.nanos().length - 1, run.nanos().length * share)] / 1e6;
    }

    private static int number(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }
}
