package io.serai.memory;

import io.serai.message.Line;
import io.serai.message.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a turn reaches farther back than what stands in its prompt, so that more is worth recalling: it refers to the past, comes after a silence,
 * while a promise is overdue, or names something that was not mentioned lately.
 */
final class Reach {

    private static final Duration SILENCE = Duration.ofDays(7);

    /** What looks like the name of something: a capital within a sentence, or a number with letters, such as HP-200. A long word is looked at once. */
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{Ll},;:] )\\p{Lu}[\\p{L}\\p{N}-]{2,}|(?<![\\p{L}\\p{N}-])(?=[\\p{L}-]*\\p{N})(?=[\\p{N}-]*\\p{L})[\\p{L}\\p{N}-]{3,}");

    private Reach() {}

    /**
     * @param past turns of speech that refer to what was said before
     * @param heard when they said something before, in this talk or another
     */
    static boolean isFar(Prompt prompt, Phrases past, Optional<Instant> heard) {
        String said = prompt.turn().text();
        return past.in(said) || isAfterSilence(prompt, heard) || isOverdue(prompt) || namesWhatIsMissing(said, prompt);
    }

    private static boolean isAfterSilence(Prompt prompt, Optional<Instant> heard) {
        return heard.isPresent() && heard.get().plus(SILENCE).isBefore(prompt.turn().messages().getFirst().saidAt());
    }

    private static boolean isOverdue(Prompt prompt) {
        return prompt.layers().stream()
                .filter(layer -> layer.name().equals("commitments"))
                .flatMap(layer -> layer.lines().stream())
                .anyMatch(line -> line.text().startsWith("OVERDUE"));
    }

    private static boolean namesWhatIsMissing(String said, Prompt prompt) {
        String known = prompt.layers().stream().flatMap(layer -> layer.lines().stream()).map(Line::text).collect(Collectors.joining("\n")).toLowerCase(Locale.ROOT);
        return NAME.matcher(said).results().anyMatch(name -> !known.contains(name.group().toLowerCase(Locale.ROOT)));
    }
}
