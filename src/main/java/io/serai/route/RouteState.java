package io.serai.route;

import java.time.Instant;

/**
 * A route as it runs.
 *
 * @param since when this version was put to work
 * @param revision in which it was put to work
 * @param state Started, Suspended, Stopped
 * @param inFlight messages on their way in it
 * @param leaving messages on their way in its former versions
 */
public record RouteState(String id, String file, String description, String from, Instant since, long revision, String state, int inFlight,
        int leaving,
        long total, long failed, Instant lastFailureAt, String lastFailure) {}
