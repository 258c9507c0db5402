package io.serai.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Patterns;
import io.serai.contact.Owners;
import io.serai.message.Message;
import io.serai.message.Reading;
import io.serai.message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes what an answer teaches into profile and promises, in one transaction with how far was read: twice the same lesson teaches once. Models think for
 * seconds: it is learned of who the talk is with by then, and not at all when what was read is no longer one talk.
 */
@Component
class Lessons {

    private static final String LOST_INTEREST = "lost-interest";

    private final Owners owners;
    private final Studies studies;
    private final Profiles profiles;
    private final Commitments commitments;
    private final Patterns patterns;
    private final MeterRegistry meters;

    Lessons(Owners owners, Studies studies, Profiles profiles, Commitments commitments, Patterns patterns, MeterRegistry meters) {
        this.owners = owners;
        this.studies = studies;
        this.profiles = profiles;
        this.commitments = commitments;
        this.patterns = patterns;
        this.meters = meters;
    }

    /**
     * @param answer valid by the shape
     * @param by model or rules
     */
    @Transactional
    void write(Reading reading, JsonNode answer, Shape shape, String by) {
        owners.hold(reading.conversationId(), reading.messages())
                .filter(owner -> studies.advance(reading.conversationId(), reading.since(), reading.upTo()))
                .ifPresent(owner -> {
                    learn(owner.id(), reading, answer.path("profile"), shape, by);
                    promises(owner.id(), reading, answer);
                });
    }

    private void learn(long contact, Reading reading, JsonNode profile, Shape shape, String by) {
        var explicit = new Explicit(reading.messages());
        List<Merge.Fact> known = profiles.lock(contact);
        List<Claim> claims = Claims.of(profile, shape.schema());
        List<Merge.Said> said = claims.stream()
                .flatMap(claim -> explicit.said(claim, shape.isInferred(claim.path())).map(source -> new Merge.Said(claim, source)).stream())
                .toList();
        Merge merge = Merge.of(known, said, lostInterest(reading), shape);
        profiles.replace(contact, merge.replaced());
        merge.added().forEach(one -> profiles.add(contact, one.claim(), one.source().id(), by));
        merge.changes().forEach(change -> profiles.changed(contact, change));
        merge.added().stream().map(Merge.Said::claim).filter(claim -> claim.path().equals(Profiles.TIME_ZONE))
                .forEach(claim -> profiles.livesIn(contact, claim.value()));
        meters.counter("serai.profile.facts", "outcome", "learned").increment(merge.added().size());
        meters.counter("serai.profile.facts", "outcome", "not said").increment(claims.size() - said.size());
    }

    private boolean lostInterest(Reading reading) {
        return reading.messages().stream().anyMatch(message -> message.role() == Role.USER && patterns.find(LOST_INTEREST, message.text()));
    }

    private void promises(long contact, Reading reading, JsonNode answer) {
        for (JsonNode promise : answer.path("commitments")) {
            String due = promise.path("due").asText(null);
            source(reading, promise).ifPresent(message -> commitments.promised(contact, promise.path("who").asText(), promise.path("what").asText().strip(),
                    due, Optional.ofNullable(due).flatMap(words -> Due.of(words, message.saidAt(), reading.contact().zone())), message));
        }
        List<Long> kept = new ArrayList<>();
        answer.path("fulfilled").forEach(id -> kept.add(id.asLong()));
        commitments.fulfilled(contact, kept);
    }

    /** A promise that nobody made is none: one of those who are said to have made it must have said something of it. */
    private static Optional<Message> source(Reading reading, JsonNode promise) {
        Role who = promise.path("who").asText().equals("us") ? Role.ASSISTANT : Role.USER;
        return new Explicit(reading.messages().stream().filter(message -> message.role() == who).toList())
                .said(new Claim("commitment", promise.path("what").asText()), false);
    }
}
