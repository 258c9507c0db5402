package io.serai.summary;

import io.serai.Holes;
import io.serai.Home;
import io.serai.contact.Owners;
import io.serai.message.Reply;
import io.serai.profile.Commitments;
import io.serai.profile.Profiles;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Prepares, once a talk has gone quiet, what the model is told when they come back: {@code memory/prompts/reactivation.md} with what is known now. */
@Component("prepare")
class Prepare {

    private final Owners owners;
    private final Summaries summaries;
    private final Silences silences;
    private final Profiles profiles;
    private final Commitments commitments;
    private final Home home;

    Prepare(Owners owners, Summaries summaries, Silences silences, Profiles profiles, Commitments commitments, Home home) {
        this.owners = owners;
        this.summaries = summaries;
        this.silences = silences;
        this.profiles = profiles;
        this.commitments = commitments;
        this.home = home;
    }

    /** Of whoever has the talk by now, and nobody is merged or parted meanwhile: what is told must be known of them alone. */
    @Transactional
    public Reply prepare(Reply reply) {
        long conversation = reply.turn().conversation().id();
        if (!reply.turn().conversation().isIsolated() && silences.isAtRest(conversation)) {
            owners.hold(conversation, reply.turn().messages()).filter(owner -> silences.isAtRest(conversation))
                    .ifPresent(owner -> silences.prepare(conversation, text(owner.id(), conversation)));
        }
        return reply;
    }

    private String text(long contact, long conversation) {
        return Holes.fill(home.text("memory/prompts/reactivation.md").strip(), holes(contact, conversation)::get);
    }

    private Map<String, String> holes(long contact, long conversation) {
        Map<String, String> known = profiles.of(contact).stream()
                .collect(Collectors.toMap(Profiles.Known::path, Profiles.Known::value, (one, other) -> one + "; " + other));
        String open = commitments.open(contact).stream()
                .map(promise -> promise.who() + ": " + promise.what() + (promise.due() == null ? "" : " (" + promise.due() + ")"))
                .collect(Collectors.joining("; "));
        return Map.of(
                "summary", summaries.latest(contact, conversation, false).map(Summaries.Summary::text).orElse("no summary."),
                "stage", known.getOrDefault("stage", "unknown"),
                "topic", known.getOrDefault("last_topic", "unknown"),
                "step", known.getOrDefault("next_step", "none"),
                "open", open.isEmpty() ? "none" : open);
    }
}
