package io.serai.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.Patterns;
import io.serai.contact.Owners;
import io.serai.message.Message;
import io.serai.message.Reading;
import io.serai.message.Role;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes what an answer teaches into profile and promises, in one transaction with how far was read: twice the same lesson teaches once. Models think for
 * seconds: it is learned of who the talk is with by then, and not at all when what was read is no longer one talk.
 */
@Component
class Lessons {

    private static final String LOST_INTEREST = "lost-interest";

    private final Owners owners;
    private final Studies studies;
    private final ProfileFacts facts;
    private final Commitments commitments;
    private final Patterns patterns;
    private final TransactionOperations transactions;
    private final MeterRegistry meters;

    Lessons(Owners owners, Studies studies, ProfileFacts facts, Commitments commitments, Patterns patterns, TransactionOperations transactions,
            MeterRegistry meters) {
        this.owners = owners;
        this.studies = studies;
        this.facts = facts;
        this.commitments = commitments;
        this.patterns = patterns;
        this.transactions = transactions;
        this.meters = meters;
    }

    /**
     * @param answer valid by the shape
     * @param by model or rules
     */
    void write(Reading reading, JsonNode answer, Shape shape, String by) {
        meters.timer("serai.memory.write", "into", "profile")
                .record(() -> transactions.executeWithoutResult(transaction -> teach(reading, answer, shape, by)));
    }

    private void teach(Reading reading, JsonNode answer, Shape shape, String by) {
        owners.hold(reading.conversationId(), reading.messages())
                .filter(owner -> studies.advance(reading.conversationId(), reading.since(), reading.upTo()))
                .ifPresent(owner -> {
                    ZoneId zone = learn(owner.id(), reading, answer.path("profile"), shape, by).orElse(owner.zone());
                    promises(owner.id(), reading, answer.path("commitments"), zone);
                    kept(owner.id(), reading, answer.path("fulfilled"));
                });
    }

    /** @return where they are, if that is among what they said */
    private Optional<ZoneId> learn(long contact, Reading reading, JsonNode profile, Shape shape, String by) {
        var explicit = new Explicit(reading.messages());
        List<Merge.Fact> known = facts.lock(contact);
        List<Claim> claims = Claims.of(profile, shape.schema());
        List<Merge.Said> said = claims.stream()
                .flatMap(claim -> anew(explicit, claim, known, shape).said(claim, shape.isInferred(claim.path()))
                        .map(source -> new Merge.Said(claim, source)).stream())
                .toList();
        Merge merge = Merge.of(known, said, lostInterest(reading), shape);
        facts.replace(contact, merge.replaced());
        merge.added().forEach(one -> facts.add(contact, one.claim(), one.source().id(), by));
        merge.repeated().forEach(again -> facts.repeated(contact, again));
        merge.changes().forEach(change -> facts.changed(contact, change));
        meters.counter("serai.profile.facts", "outcome", "learned").increment(merge.added().size());
        meters.counter("serai.profile.facts", "outcome", "not said").increment(claims.size() - said.size());
        return merge.added().stream().map(Merge.Said::claim).filter(claim -> claim.path().equals(ProfileFacts.TIME_ZONE)).findFirst()
                .flatMap(claim -> facts.livesIn(contact, claim.value()));
    }

    /** What may be so again after somebody took it out is so when the customer says it later than that, however late it is read. */
    private static Explicit anew(Explicit explicit, Claim claim, List<Merge.Fact> known, Shape shape) {
        return known.stream()
                .filter(fact -> fact.isDeleted() && fact.path().equals(claim.path()) && claim.says(fact.value()))
                .filter(fact -> shape.mayComeBack(fact.path()) && !shape.isInferred(fact.path()))
                .findFirst()
                .map(fact -> explicit.byThemAfter(fact.deletedAt()))
                .orElse(explicit);
    }

    private boolean lostInterest(Reading reading) {
        return reading.messages().stream().anyMatch(message -> message.role() == Role.USER && patterns.find(LOST_INTEREST, message.text()));
    }

    /** When it is due counts only in the words of who promised it. */
    private void promises(long contact, Reading reading, JsonNode promises, ZoneId zone) {
        for (JsonNode promise : promises) {
            source(reading, promise).ifPresent(message -> {
                String due = promise.path("due").asText("").strip();
                boolean said = !due.isEmpty() && Claim.fold(message.text()).contains(Claim.fold(due));
                commitments.promised(contact, promise.path("who").asText(), promise.path("what").asText().strip(), said ? due : null,
                        said ? Due.of(due, message.saidAt(), zone) : Optional.empty(), message);
            });
        }
    }

    /** What is said to be kept is kept when somebody spoke of it after it was promised. */
    private void kept(long contact, Reading reading, JsonNode fulfilled) {
        Set<Long> ids = new HashSet<>();
        fulfilled.forEach(id -> ids.add(id.asLong()));
        commitments.fulfilled(contact, commitments.open(contact).stream()
                .filter(promise -> ids.contains(promise.id()))
                .filter(promise -> reading.messages().stream()
                        .anyMatch(message -> message.id() > promise.messageId() && Words.telling(promise.what()).isSharedWith(message.text())))
                .map(Commitments.Commitment::id)
                .toList());
    }

    /** A promise that nobody made is none: one of those who are said to have made it must have said something of it. */
    private static Optional<Message> source(Reading reading, JsonNode promise) {
        Role who = promise.path("who").asText().equals("us") ? Role.ASSISTANT : Role.USER;
        return new Explicit(reading.messages().stream().filter(message -> message.role() == who).toList())
                .said(new Claim("commitment", promise.path("what").asText()), false);
    }
}
