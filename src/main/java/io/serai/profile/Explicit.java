package io.serai.profile;

import io.serai.message.Message;
import io.serai.message.Role;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a claim was really said, and in which message: its figures must stand in what was said, and of its words some; of who somebody is, all.
 *
 * @param messages oldest first
 */
record Explicit(List<Message> messages) {

    private static final String IDENTITY = "identity.";

    /** Who somebody is and what they can and want, nobody says for them. */
    private static final List<String> THEIRS = List.of(IDENTITY, "bant.", "preferences.", "pain_points");

    private static final int LONG_WORD = 3;

    /**
     * The message that says it, or nothing when none does.
     *
     * @param inferred whether it need not stand there word for word: an element of a list of choices, yes or no
     */
    Optional<Message> said(Claim claim, boolean inferred) {
        List<Message> speakers = THEIRS.stream().anyMatch(claim.path()::startsWith) ? of(Role.USER) : messages;
        if (inferred) {
            return of(Role.USER).stream().reduce((one, next) -> next).or(() -> speakers.stream().reduce((one, next) -> next));
        }
        Set<String> figures = Figures.of(claim.value()).keySet();
        Set<String> words = words(claim.value());
        return speakers.stream()
                .filter(message -> Figures.of(message.text()).keySet().containsAll(figures))
                .filter(message -> says(message, words, claim.path().startsWith(IDENTITY), !figures.isEmpty()))
                .max(Comparator.comparingInt((Message message) -> shared(message, words)).thenComparing(Message::id));
    }

    private static boolean says(Message message, Set<String> words, boolean all, boolean figures) {
        int shared = shared(message, words);
        return all ? shared == words.size() : figures || shared > 0;
    }

    private static int shared(Message message, Set<String> words) {
        Set<String> said = new HashSet<>(words(message.text()));
        said.retainAll(words);
        return said.size();
    }

    private List<Message> of(Role role) {
        return messages.stream().filter(message -> message.role() == role).toList();
    }

    /** Words by their beginnings, so that an ending makes no difference. */
    private static Set<String> words(String text) {
        return Arrays.stream(Claim.fold(text).split("[^\\p{L}]+"))
                .filter(word -> word.length() >= LONG_WORD || word.codePoints().anyMatch(Character::isIdeographic))
                .map(word -> word.substring(0, Math.min(5, word.length())))
                .collect(Collectors.toSet());
    }
}
