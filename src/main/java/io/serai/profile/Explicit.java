package io.serai.profile;

import io.serai.message.Message;
import io.serai.message.Role;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a claim was really said, and in which message: its figures must stand in what was said, and one of the words that mean
 * something; of who somebody is, all words.
 *
 * @param messages oldest first
 */
record Explicit(List<Message> messages) {

    static final String IDENTITY = "identity.";

    /** Who somebody is and what they can and want, nobody says for them. */
    private static final List<String> THEIRS = List.of(IDENTITY, "bant.", "preferences.", "pain_points");

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
        Set<String> figures = Figures.of(claim.value());
        Words words = claim.path().startsWith(IDENTITY) ? Words.of(claim.value()) : Words.meant(claim.value());
        return speakers.stream()
                .filter(message -> Figures.areSaid(figures, Figures.of(message.text())))
                .filter(message -> says(message, claim, words, !figures.isEmpty()))
                .max(Comparator.comparingInt((Message message) -> words.sharedWith(message.text())).thenComparing(Message::id));
    }

    /** What the customer said from then on: of what was taken out, our words may only repeat what stood in the talk before. */
    Explicit byThemAfter(OffsetDateTime moment) {
        return new Explicit(of(Role.USER).stream().filter(message -> message.saidAt().isAfter(moment.toInstant())).toList());
    }

    private static boolean says(Message message, Claim claim, Words words, boolean figures) {
        if (words.all().isEmpty()) {
            return figures || Words.stands(claim.value(), message.text());
        }
        int shared = words.sharedWith(message.text());
        return claim.path().startsWith(IDENTITY) ? shared == words.all().size() : figures || shared > 0;
    }

    private List<Message> of(Role role) {
        return messages.stream().filter(message -> message.role() == role).toList();
    }
}
