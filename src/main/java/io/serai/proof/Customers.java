package io.serai.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * People who write at a steady rate, each one message after the other: the next once the last was accepted. What is not answered or refused is handed
 * in again under the same id, as senders of webhooks do.
 */
final class Customers implements AutoCloseable {

    private static final String SECRET = "a-secret-of-the-proof";
    private static final Duration AGAIN = Duration.ofMillis(300);
    private static final int POISONOUS_OF = 12;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(3)).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService errands = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Person> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger deadly = new AtomicInteger();
    private final AtomicInteger left;
    private final Supplier<List<Hub>> hubs;
    private final Journal journal;
    private final int most;

    private record Person(String handle, String hook, AtomicInteger said) {

        boolean isDeadly() {
            return handle.startsWith("x");
        }

        String next() {
            return handle + "-" + said.incrementAndGet();
        }
    }

    /**
     * @param hubs those that can be spoken to
     * @param perSecond messages
     * @param messages after so many nobody says anything more
     * @param most each message is handed in 1 to so many times at once, each time at any of the hubs
     */
    Customers(Supplier<List<Hub>> hubs, Journal journal, int people, int perSecond, int messages, int most) {
        this.hubs = hubs;
        this.journal = journal;
        this.most = most;
        this.left = new AtomicInteger(messages);
        IntStream.range(0, people).mapToObj(Customers::person).forEach(idle::add);
        clock.scheduleAtFixedRate(this::tick, 0, TimeUnit.SECONDS.toMicros(1) / perSecond, TimeUnit.MICROSECONDS);
    }

    /** The settings that open the doors they use. */
    static Map<String, String> hooks() {
        return Map.of("SERAI_HOOKS_SAFE_SCHEME", "bearer", "SERAI_HOOKS_SAFE_SECRET", SECRET, "SERAI_HOOKS_ONCE_SCHEME", "bearer",
                "SERAI_HOOKS_ONCE_SECRET", SECRET, "SERAI_LIMITS_HOOK", "1000000");
    }

    private static Person person(int number) {
        return new Person((number % POISONOUS_OF == POISONOUS_OF - 1 ? "p" : "k") + number, number % 2 == 0 ? "safe" : "once", new AtomicInteger());
    }

    /** Somebody whose message kills who answers it; returns its number. */
    String poison() {
        var person = new Person("x" + deadly.incrementAndGet(), "once", new AtomicInteger());
        String number = person.next();
        busy.incrementAndGet();
        errands.execute(() -> speak(person, number, 0));
        return number;
    }

    /** Nobody begins to say anything more; what was begun is handed in until it is accepted. */
    void fallSilent() {
        left.set(0);
    }

    /** How many messages they still have to begin. */
    int left() {
        return Math.max(0, left.get());
    }

    boolean areDone() {
        return left() == 0 && busy.get() == 0;
    }

    private void tick() {
        Person person = left.get() > 0 ? idle.poll() : null;
        if (person != null) {
            left.decrementAndGet();
            busy.incrementAndGet();
            errands.execute(() -> speak(person, person.next(), 0));
        }
    }

    private void speak(Person person, String number, int before) {
        journal.said(number);
        int copies = most == 1 ? 1 : ThreadLocalRandom.current().nextInt(1, most + 1);
        IntStream.range(1, copies).forEach(copy -> errands.execute(() -> isAccepted(person, number, before + copies)));
        if (isAccepted(person, number, before + copies)) {
            if (!person.isDeadly()) {
                idle.add(person);
            }
            busy.decrementAndGet();
        } else {
            clock.schedule(() -> errands.execute(() -> speak(person, number, before + copies)), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean isAccepted(Person person, String number, int deliveries) {
        Instant begun = Instant.now();
        int status = hand(person, number);
        boolean yes = status == 200 || status == 202;
        if (yes) {
            journal.accepted(new Journal.Accepted(number, Instant.now(), deliveries, Duration.between(begun, Instant.now())));
        } else {
            journal.refused(status);
        }
        return yes;
    }

    /** The status, or 0 when nobody answered. */
    private int hand(Person person, String number) {
        List<Hub> open = List.copyOf(hubs.get());
        if (open.isEmpty()) {
            return 0;
        }
        URI door = open.get(ThreadLocalRandom.current().nextInt(open.size())).url("/hooks/" + person.hook());
        HttpRequest request = HttpRequest.newBuilder(door)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + SECRET)
                .header("Idempotency-Key", number)
                .POST(BodyPublishers.ofString("{\"user\": \"%s\", \"text\": \"%s\"}".formatted(person.handle(), number)))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException nobody) {
            return 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        errands.shutdownNow();
        http.close();
    }
}
