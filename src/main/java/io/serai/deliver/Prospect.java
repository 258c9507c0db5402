package io.serai.deliver;

import io.serai.message.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What stands in the way of a parcel.
 *
 * @param stopped why its address takes nothing more, or null
 * @param paused why our account is not let in, or null
 * @param begun whether a part of its message has been sent already, or may have been
 * @param asked when it was asked what this answers, or null
 * @param quiet when its contact wants to be left alone, or null
 */
record Prospect(String stopped, String paused, boolean begun, Kind kind, Instant asked, QuietHours quiet) {

    /** Until when it has to wait for the quiet hours to end: not when it is urgent, answers what was just asked, or continues what was begun. */
    Optional<Instant> quietUntil(Instant now, Duration justAsked) {
        boolean awaited = kind == Kind.URGENT || begun || kind == Kind.ANSWER && asked != null && asked.plus(justAsked).isAfter(now);
        return awaited || quiet == null ? Optional.empty() : quiet.end(now);
    }
}
