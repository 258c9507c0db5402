package io.serai.slack;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Slack's way to write text, made readable (docs.slack.dev, "Formatting message text"). */
final class Mrkdwn {

    private static final Pattern REFERENCE = Pattern.compile("<([^<>|]+)(?:\\|([^<>]*))?>");

    private Mrkdwn() {}

    /**
     * @param self our own id; that we were called is no part of what was said
     * @param names what people are called
     */
    static String read(String text, String self, Function<String, Optional<String>> names) {
        String readable = REFERENCE.matcher(text).replaceAll(found -> java.util.regex.Matcher.quoteReplacement(tell(found, self, names)));
        return readable.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip();
    }

    static boolean mentions(String text, String self) {
        return text.contains("<@" + self + ">") || text.contains("<@" + self + "|");
    }

    private static String tell(MatchResult found, String self, Function<String, Optional<String>> names) {
        String target = found.group(1);
        String label = found.group(2) == null ? "" : found.group(2);
        return switch (target.charAt(0)) {
            case '@' -> target.substring(1).equals(self) ? "" : "@" + person(target.substring(1), label, names);
            case '#' -> "#" + (label.isEmpty() ? target.substring(1) : label);
            case '!' -> label.isEmpty() ? "@" + target.substring(1).replaceFirst("\\^.*", "") : label;
            default -> link(target, label);
        };
    }

    private static String person(String id, String label, Function<String, Optional<String>> names) {
        return label.isEmpty() ? names.apply(id).orElse(id) : label;
    }

    /** What people typed as an address Slack wraps by itself. */
    private static String link(String target, String label) {
        String plain = target.replaceFirst("^mailto:", "");
        return label.isEmpty() || plain.endsWith(label) ? plain : label + " (" + plain + ")";
    }
}
