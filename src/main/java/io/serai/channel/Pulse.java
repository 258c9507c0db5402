package io.serai.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Signs of life of one account: it is well while its polls or events move, not while a socket is open. */
public final class Pulse {

    /** What is known of an account now. */
    public enum State { MOVING, STALLED, PAUSED }

    private final String channel;
    private final String account;
    private final Duration patience;
    private final Clock clock;

    private volatile Instant moved;
    private volatile String trouble;
    private volatile String paused;

    Pulse(String channel, String account, Duration patience, Clock clock) {
        this.channel = channel;
        this.account = account;
        this.patience = patience;
        this.clock = clock;
        this.moved = clock.instant();
    }

    /** A poll or a ping went well, whether or not it brought anything. */
    public void moved() {
        moved = clock.instant();
        trouble = null;
        paused = null;
    }

    /** A poll or a ping went wrong; the account is stalled once nothing has moved for longer than its patience. */
    public void failed(String why) {
        trouble = why;
    }

    /** Nothing will move until a person acts, as with a revoked token. */
    public void pause(String why) {
        paused = why;
    }

    public State state() {
        return paused != null ? State.PAUSED : age().compareTo(patience) > 0 ? State.STALLED : State.MOVING;
    }

    /** How long nothing has moved. */
    public Duration age() {
        return Duration.between(moved, clock.instant());
    }

    /** What went wrong last, or null. */
    public String trouble() {
        return paused != null ? paused : trouble;
    }

    public String channel() {
        return channel;
    }

    public String account() {
        return account;
    }
}
