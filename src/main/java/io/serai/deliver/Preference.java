package io.serai.deliver;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a contact wants to be reached. Channels are named as in {@code routes/deliver}; what is null is not wished for.
 *
 * @param main the channel for what nobody asked for
 * @param urgent that for what cannot wait, instead of the main one
 * @param daily that for briefings and reminders, instead of the main one
 * @param conversation that for the rest, instead of the main one
 * @param fallbacks the channels to try when one fails for good, in order
 * @param off the channels never to be used, except to answer what was asked there
 * @param quietFrom when quiet hours begin, by the clock on the contact's wall
 * @param quietTo when they end; before {@code quietFrom} is the next day
 * @param zone the contact's time zone, or null for that of the hub
 */
public record Preference(
        String main, String urgent, String daily, String conversation, List<String> fallbacks, List<String> off, LocalTime quietFrom, LocalTime quietTo,
        ZoneId zone) {

    public Preference {
        fallbacks = fallbacks == null ? List.of() : List.copyOf(fallbacks);
        off = off == null ? List.of() : List.copyOf(off);
    }

    /** Every channel that is named. */
    List<String> channels() {
        List<String> named = new ArrayList<>(Stream.of(main, urgent, daily, conversation).filter(Objects::nonNull).toList());
        named.addAll(fallbacks);
        named.addAll(off);
        return named;
    }
}
