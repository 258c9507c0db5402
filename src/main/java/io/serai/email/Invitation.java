package io.serai.email;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a calendar part is about (RFC 5545, RFC 5546).
 *
 * @param method REQUEST, REPLY, CANCEL ...; empty when it is only published
 * @param text its first event in words, for mails that say nothing else
 */
record Invitation(String method, String text) {

    private static final Pattern ZONE = Pattern.compile(";TZID=([^;]++)");

    static Invitation read(String calendar, String declared) {
        String lines = calendar.replaceAll("\n[ \\t]", "");
        int event = Math.max(0, lines.indexOf("BEGIN:VEVENT"));
        var text = new StringBuilder("Calendar: ").append(value(lines, event, "SUMMARY").orElse("an event without a title"));
        value(lines, event, "DTSTART").ifPresent(start -> text.append("\nStart: ").append(start));
        value(lines, event, "DTEND").ifPresent(end -> text.append("\nEnd: ").append(end));
        value(lines, event, "LOCATION").ifPresent(place -> text.append("\nPlace: ").append(place));
        String method = value(lines, 0, "METHOD").orElse(declared == null ? "" : declared);
        return new Invitation(method.strip().toUpperCase(Locale.ROOT), text.toString());
    }

    /** Whether it only answers an invitation of somebody else (RFC 5546, section 3.2.3 and 3.2.7). */
    boolean isReply() {
        return method.equals("REPLY") || method.equals("COUNTER") || method.equals("REFRESH");
    }

    /** With the time zone, where one is named beside the value. Nothing here reads on past the line: a calendar may be all lines without a colon. */
    private static Optional<String> value(String lines, int from, String name) {
        Matcher property = Pattern.compile("(?m)^" + name + "(;[^:\n]*+)?:(.*)$").matcher(lines);
        return property.find(from)
                ? Optional.of(plain(property.group(2)) + zone(property.group(1)))
                : Optional.empty();
    }

    private static String zone(String parameters) {
        Matcher zone = ZONE.matcher(parameters == null ? "" : parameters);
        return zone.find() ? " (" + zone.group(1) + ")" : "";
    }

    private static String plain(String value) {
        return value.replaceAll("\\\\[nN]", " ").replaceAll("\\\\(.)", "$1").strip();
    }
}
