package io.serai.slack;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is still to be asked of a workspace, and from when on. Only the thread of the workspace touches it, and whoever adds what it owes. */
final class Owed {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** Takes about an hour. */
    private static final int TRIES = 20;

    /**
     * Where somebody wrote.
     *
     * @param thread its first message, where it was in a thread; else null
     * @param last the last message we had there when we began to owe it: what is said meanwhile must not hide what was said before it
     */
    record Place(String channel, String thread, String last) {

        BigDecimal since() {
            return new BigDecimal(last);
        }

        private boolean isAt(Place other) {
            return channel.equals(other.channel) && Objects.equals(thread, other.thread);
        }
    }

    private final SequencedMap<Place, Integer> tries = new LinkedHashMap<>();
    private final Set<String> refused = new HashSet<>();
    private boolean listed = true;
    private boolean trouble;
    private Duration pause = FIRST_PAUSE;
    private long due = System.nanoTime();
    /** Before which Slack does not want to be asked. */
    private long told = due;
    /** What could not be stored when it came. */
    private final Queue<Place> added = new ConcurrentLinkedQueue<>();

    /** Every place is owed, from now on or when Slack wants to be asked again; one that is already stays as it is. */
    void begin() {
        listed = false;
        pause = FIRST_PAUSE;
        dueIn(Duration.ofNanos(Math.max(0, told - System.nanoTime())));
    }

    /** Something was said there that could not be stored; by whichever thread heard it. */
    void add(Place place) {
        added.add(place);
    }

    /** Whether there is something to ask now. */
    boolean isDue() {
        while (!added.isEmpty()) {
            owe(added.remove());
        }
        return !(listed && tries.isEmpty()) && System.nanoTime() - due >= 0;
    }

    /** Whether it is known which places there are. */
    boolean isListed() {
        return listed;
    }

    /** What is owed already, from the earlier moment on. Between two questions: who asks just now may have been told all and not this. */
    private void owe(Place place) {
        List<Place> there = tries.keySet().stream().filter(place::isAt).toList();
        if (there.stream().noneMatch(other -> other.since().compareTo(place.since()) <= 0)) {
            there.forEach(tries::remove);
            tries.put(place, 0);
        }
    }

    void list(Iterable<Place> places) {
        places.forEach(this::owe);
        listed = true;
    }

    Place next() {
        return tries.firstEntry().getKey();
    }

    /** It was asked. */
    void settle(Place place) {
        tries.remove(place);
        refused.remove(place.channel());
        pause = FIRST_PAUSE;
    }

    /** It will not be told. @return whether that is news */
    boolean refuse(Place place) {
        tries.remove(place);
        return refused.add(place.channel());
    }

    /** All wait, and go on where they are. */
    void rest(Duration time) {
        dueIn(time == null || time.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : time);
        told = due;
    }

    /** Something failed that may pass: ever longer waits, as long as everything fails. */
    void postpone() {
        dueIn(pause);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** As {@link #postpone()}; this one is asked after the others. @return whether it will be asked again */
    boolean postpone(Place place) {
        postpone();
        int before = tries.remove(place);
        if (before + 1 < TRIES) {
            tries.put(place, before + 1);
        }
        return before + 1 < TRIES;
    }

    /** @return whether it has been well until now */
    boolean fails() {
        boolean news = !trouble;
        trouble = true;
        return news;
    }

    /** @return whether nothing is owed any more, after trouble */
    boolean recovers() {
        boolean news = trouble && listed && tries.isEmpty();
        trouble = trouble && !news;
        return news;
    }

    private void dueIn(Duration time) {
        due = System.nanoTime() + time.toNanos();
    }
}
