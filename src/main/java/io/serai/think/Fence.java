package io.serai.think;

import io.serai.message.Beginning;
import io.serai.message.Hanging;
import io.serai.message.Layer;
import io.serai.message.Line;
import io.serai.message.Role;
import io.serai.message.ToolUse;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The blocks in which memory stands in a prompt, so that a model can tell data from instructions. What people wrote can neither end such a
 * block nor begin one, and a line of it cannot pass for two.
 */
final class Fence {

    static final String CUSTOMER = "customer";
    static final String US = "us";
    static final String OPERATOR = "operator";
    static final String HUB = "hub";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final Pattern TAG = Pattern.compile("[<＜](?=[\\s\\h\\v]*+(?:/[\\s\\h\\v]*+)?(?:memory|now)\\b)", Pattern.CASE_INSENSITIVE);
    private static final Pattern OPENING = Pattern.compile("<memory name=\"([^\"]*)\".*>");
    private static final Pattern ENTRY = Pattern.compile("- \\[(?:undated|(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d))(?:, (\\w+))?] (.*)");

    private static final int MOST_OF_ARGUMENTS = 200;

    private Fence() {}

    /**
     * A line of memory as it was read back from a prompt.
     *
     * @param block the layer it stood in
     * @param who {@link #CUSTOMER}, {@link #US}, {@link #OPERATOR}, {@link #HUB}; or null when nobody said it
     * @param at to the minute, where the contact is; or null
     */
    record Entry(String block, String who, LocalDateTime at, String text) {}

    static String memory(Layer layer, ZoneId zone) {
        String opening = "<memory name=\"%s\" heading=\"%s\">\n".formatted(attribute(layer.name()), attribute(layer.heading()));
        return layer.lines().stream().map(line -> line(line, zone)).collect(Collectors.joining("\n", opening, "\n</memory>"));
    }

    /** What a tool told: data as memory is, as unable to end its block, and indented, so that no line of it can pass for one of ours. */
    static String told(ToolUse use) {
        return "<memory name=\"%s\" heading=\"Told by the tool for %s\">\n%s\n</memory>"
                .formatted(attribute(use.tool()), attribute(heading(use)), Hanging.INDENT + Hanging.of(neutral(use.text())));
    }

    private static String heading(ToolUse use) {
        String arguments = use.arguments().isBlank() ? "{}" : use.arguments();
        return arguments.length() > MOST_OF_ARGUMENTS ? Beginning.of(arguments, MOST_OF_ARGUMENTS) + " ..." : arguments;
    }

    static String now(String now) {
        return "<now>" + neutral(now) + "</now>";
    }

    /** The same text, unable to open or close a block. */
    static String neutral(String text) {
        return TAG.matcher(text).replaceAll("‹");
    }

    /** A line of the talk as an entry, so that its date is not lost. */
    static Entry entry(String block, Line line, ZoneId zone) {
        return new Entry(block, who(line), line.at() == null ? null : line.at().atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES), line.text());
    }

    /** All entries of the blocks in a text. */
    static List<Entry> read(String text) {
        List<Entry> entries = new ArrayList<>();
        String block = null;
        boolean begun = false;
        for (String line : text.lines().toList()) {
            Matcher opening = OPENING.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            if (opening.matches()) {
                block = opening.group(1);
                begun = false;
            } else if (line.equals("</memory>")) {
                block = null;
            } else if (block != null && entry.matches()) {
                LocalDateTime at = entry.group(1) == null ? null : LocalDateTime.parse(entry.group(1), STAMP);
                entries.add(new Entry(block, entry.group(2), at, entry.group(3)));
                begun = true;
            } else if (block != null && line.startsWith(Hanging.INDENT) && begun) {
                Entry last = entries.removeLast();
                entries.add(new Entry(last.block(), last.who(), last.at(), last.text() + "\n" + line.substring(Hanging.INDENT.length())));
            }
        }
        return entries;
    }

    private static String line(Line line, ZoneId zone) {
        String who = who(line);
        String stamp = line.at() == null ? "undated" : STAMP.format(line.at().atZone(zone));
        return "- [" + stamp + (who == null ? "" : ", " + who) + "] " + Hanging.of(neutral(line.text()));
    }

    private static String who(Line line) {
        if (line.role() == null) {
            return isNote(line) ? OPERATOR : null;
        }
        return line.role() == Role.USER ? CUSTOMER : line.role() == Role.ASSISTANT ? US : HUB;
    }

    /** Whether an operator wrote it. */
    static boolean isNote(Line line) {
        return line.role() == null && line.source() != null && line.source().startsWith("note:");
    }

    private static String attribute(String text) {
        return text == null ? "" : neutral(text).replaceAll("[\"\\s\\v]+", " ").strip();
    }
}
