package io.serai.bench;

import io.serai.town.KillableHub;
import io.serai.town.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** People who talk to a hub at once, each of them one message after the other, over HTTP. */
final class People {

    static final String ANSWER = "Forty-two.";

    private static final String TOKEN = "a-token-for-the-benchmark";
    private static final Pattern WORK = Pattern.compile("serai_work_(?:waiting|in_progress)\\{[^}]*} (\\S+)");

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final LongAdder refused = new LongAdder();
    private final KillableHub hub;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(Executors.newVirtualThreadPerTaskExecutor()).build();

    People(KillableHub hub) {
        this.hub = hub;
    }

    /** What a hub must be told for them; what the environment says of its database goes with it. */
    static Map<String, String> settings(ScriptedModel model) {
        var settings = new HashMap<>(Map.of(
                "SERAI_MODELS_MAIN_BASE_URL", model.url(), "SERAI_MODELS_MAIN_NAME", "scripted",
                "SERAI_PROFILE_EXTRACTION", "off", "SERAI_SUMMARY_EVERY", "0",
                "SERAI_API_TOKEN", TOKEN, "SERAI_LIMITS_COMPLETIONS", "100000000",
                "SERAI_HOOKS_BENCH_SCHEME", "bearer", "SERAI_HOOKS_BENCH_SECRET", TOKEN, "SERAI_LIMITS_HOOK", "100000000"));
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("SERAI_DB_")) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    /** What the processors did, for whom. */
    record Processor(Duration hub, Duration database, Duration world) {

        private static Processor of(KillableHub hub) {
            return new Processor(hub.processor(), hub.databaseProcessor(), ProcessHandle.current().info().totalCpuDuration().orElseThrow());
        }

        private Processor since(Processor before) {
            return new Processor(hub.minus(before.hub), database.minus(before.database), world.minus(before.world));
        }
    }

    /** @param nanos from each message to its answer, in ascending order */
    record Run(long[] nanos, Duration took, Processor processor) {

        double perSecond() {
            return nanos.length * 1e9 / took.toNanos();
        }

        /** Milliseconds in which this share had its answer. */
        double at(double share) {
            return nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1e6;
        }

        /** Milliseconds for each message. */
        double each(Duration processor) {
            return processor.toMillis() / (double) nanos.length;
        }
    }

    /** One message of somebody. */
    @FunctionalInterface
    interface Saying {

        void say(String user, int message) throws IOException, InterruptedException;
    }

    /** When it is time for a message of somebody, by {@link System#nanoTime}. */
    @FunctionalInterface
    private interface Pace {

        long due(long start, int person, int message);
    }

    /** As fast as they are answered. */
    Run run(int people, int messages, Saying saying, IntConsumer done) throws Exception {
        return run(people, messages, (start, person, message) -> System.nanoTime(), saying, done);
    }

    /** So many a second of all of them together, evenly; the time of each begins when it was due, also for who still waits for the answer before. */
    Run run(double perSecond, int people, int messages, Saying saying) throws Exception {
        return run(people, messages, (start, person, message) -> start + (long) ((message * (double) people + person) * 1e9 / perSecond), saying, done -> {});
    }

    private Run run(int people, int messages, Pace pace, Saying saying, IntConsumer done) throws Exception {
        Processor before = Processor.of(hub);
        long start = System.nanoTime();
        List<long[]> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> talks = IntStream.range(0, people)
                    .mapToObj(person -> threads.submit((Callable<long[]>) () -> talk("person-" + people + "-" + person, messages,
                            message -> pace.due(start, person, message), saying)))
                    .toList();
            for (Future<long[]> talk : talks) {
                all.add(talk.get());
                done.accept(all.size());
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Run(all.stream().flatMapToLong(Arrays::stream).sorted().toArray(), took, Processor.of(hub).since(before));
    }

    private static long[] talk(String user, int messages, IntToLongFunction due, Saying saying) throws IOException, InterruptedException {
        long[] nanos = new long[messages];
        for (int message = 0; message < messages; message++) {
            long begun = due.applyAsLong(message);
            TimeUnit.NANOSECONDS.sleep(begun - System.nanoTime());
            saying.say(user, message);
            nanos[message] = System.nanoTime() - begun;
        }
        return nanos;
    }

    /** Asks, and waits for the answer; is refused while the hub has no room, and asks again. */
    void ask(String user, int message) throws IOException, InterruptedException {
        HttpRequest.Builder question = request("/v1/chat/completions").POST(BodyPublishers.ofString(
                "{\"model\": \"serai\", \"user\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"Question %d: what is the answer?\"}]}"
                        .formatted(user, message)));
        HttpResponse<String> answer = send(question);
        while (answer.statusCode() == 503) {
            refused.increment();
            Thread.sleep(AGAIN);
            answer = send(question);
        }
        if (answer.statusCode() != 200 || !answer.body().contains(ANSWER)) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    /** Says something, and waits until it is accepted. */
    void tell(String user, int message) throws IOException, InterruptedException {
        HttpResponse<String> accepted = send(request("/hooks/bench").POST(BodyPublishers.ofString(
                "{\"id\": \"%s-%d\", \"from\": \"%s\", \"text\": \"Question %d: what is the answer?\"}".formatted(user, message, user, message))));
        if (accepted.statusCode() != 202) {
            throw new IllegalStateException(accepted.statusCode() + " " + accepted.body());
        }
    }

    /** Waits until the hub has nothing to do any more. */
    void rest() throws IOException, InterruptedException {
        for (int still = 0; still < 12; still++) {
            Thread.sleep(1000);
            if (WORK.matcher(figures()).results().mapToDouble(match -> Double.parseDouble(match.group(1))).sum() > 0) {
                still = 0;
            }
        }
    }

    /** How often the hub had no room for a question so far. */
    long refused() {
        return refused.sum();
    }

    /** What the hub tells of itself, for Prometheus. */
    String figures() throws IOException, InterruptedException {
        return send(request("/prometheus")).body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(hub.url() + path)).header("Authorization", "Bearer " + TOKEN).header("Content-Type", "application/json");
    }
}
