package io.serai.memory;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.serai.message.Cut;
import io.serai.message.Layer;
import io.serai.message.Line;
import io.serai.message.Message;
import io.serai.message.Prompt;
import io.serai.message.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A message of the transcript as it stands in a prompt, word for word.
 *
 * @param at to the microsecond, as the database has it
 */
record Quote(long id, Role role, Instant at, String text) {

    /** What a layer of one's own says may only begin like it. */
    private static final Pattern SOURCE = Pattern.compile("message:(\\d{1,18})");

    /** As far as ids of one talk lie from each other; a source of a layer of one's own may name anything. */
    private static final long FAR = 1L << 30;

    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    /** What a prompt quotes, each message once: lines that were not shortened, and what is answered. */
    static Collection<Quote> in(Prompt prompt) {
        Map<Long, Quote> quotes = new LinkedHashMap<>();
        whole(prompt).forEach(line -> message(line.source()).ifPresent(id -> add(quotes, id, line, prompt.turn().lastMessageId())));
        for (Message message : prompt.turn().messages()) {
            add(quotes, message.id(), new Line(null, message.role(), message.saidAt(), message.text()), prompt.turn().lastMessageId());
        }
        return quotes.values();
    }

    /** The lines of a prompt that were not shortened. */
    static Stream<Line> whole(Prompt prompt) {
        return prompt.layers().stream()
                .flatMap(layer -> layer.lines().stream().filter(line -> layer.cuts().stream().map(Cut::source).noneMatch(line.source()::equals)));
    }

    /** The message that a source names; none when it names something else. */
    static Optional<Long> message(String source) {
        Matcher message = SOURCE.matcher(source);
        return message.matches() ? Optional.of(Long.valueOf(message.group(1))) : Optional.empty();
    }

    /** Only what people and models said: marks of a compaction may be taken out, and what tools told is told in short. */
    private static void add(Map<Long, Quote> quotes, long id, Line line, long near) {
        boolean said = line.role() == Role.USER || line.role() == Role.ASSISTANT;
        boolean dated = line.at() != null && line.at().isAfter(Instant.EPOCH) && line.at().isBefore(NEVER);
        if (said && dated && Math.abs(near - id) < FAR && line.text().indexOf('\0') < 0) {
            quotes.putIfAbsent(id, new Quote(id, line.role(), line.at().truncatedTo(ChronoUnit.MICROS), line.text()));
        }
    }

    /** As a line stands in the JSON of a prompt. It must never look otherwise: what was packed with it is opened with it. */
    String entry() {
        return "{\"source\":\"message:" + id + "\",\"role\":\"" + role + "\",\"at\":\"" + at + "\",\"text\":\""
                + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"},";
    }
}
