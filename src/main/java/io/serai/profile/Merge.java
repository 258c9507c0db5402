package io.serai.profile;

import io.serai.message.Message;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a profile when something is claimed: lists append, everything else overrides with a record of the change, unless it was said before
 * what is known; the stage goes forward only; what somebody took out stays out, for good or until it is said anew; what is known already is only known
 * from a later message.
 *
 * @param added what holds from now on
 * @param replaced facts that hold no longer
 * @param repeated facts that hold, and were said again
 */
record Merge(List<Said> added, List<Fact> replaced, List<Change> changes, List<Repeated> repeated) {

    static final String STAGE = "stage";

    /** A claim with the message that says it. */
    record Said(Claim claim, Message source) {

        boolean isAfter(OffsetDateTime moment) {
            return source.saidAt().isAfter(moment.toInstant());
        }

        private boolean isLaterThan(Fact fact) {
            return !isBefore(fact) && (fact.messageId() == null || source.id() != fact.messageId());
        }

        private boolean isBefore(Fact fact) {
            int order = source.saidAt().compareTo(fact.saidAt().toInstant());
            return order < 0 || order == 0 && fact.messageId() != null && source.id() < fact.messageId();
        }
    }

    /**
     * @param messageId the message that says it last, or null when an operator wrote it
     * @param saidAt when it was said last, or written
     * @param deletedAt when somebody took it out, or null while it holds
     */
    record Fact(long id, String path, String value, Long messageId, OffsetDateTime saidAt, OffsetDateTime deletedAt) {

        boolean isDeleted() {
            return deletedAt != null;
        }
    }

    /** A fact that a later message says too. */
    record Repeated(long id, long messageId) {}

    /** A value that another one took the place of. */
    record Change(String path, String was, String now, long messageId) {}

    /**
     * @param lostInterest whether the customer said that they are no longer interested
     * @param shape tells which paths are fleeting (their changes are not recorded), and what may be so again
     */
    static Merge of(List<Fact> known, List<Said> claims, boolean lostInterest, Shape shape) {
        var merge = new Merge(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        claims.forEach(said -> merge.take(said, known, lostInterest, shape));
        return merge;
    }

    private void take(Said said, List<Fact> known, boolean lostInterest, Shape shape) {
        Claim claim = said.claim();
        List<Fact> ofPath = known.stream().filter(fact -> fact.path().equals(claim.path())).toList();
        Optional<Fact> same = ofPath.stream().filter(fact -> claim.says(fact.value()) && stands(fact, said, shape)).findFirst();
        if (isTaken(claim) || same.isPresent()) {
            same.filter(fact -> !fact.isDeleted() && said.isLaterThan(fact))
                    .ifPresent(fact -> repeated.add(new Repeated(fact.id(), said.source().id())));
            return;
        }
        Optional<Fact> before = claim.isOfList() ? Optional.empty() : ofPath.stream().filter(fact -> !fact.isDeleted()).findFirst();
        if (before.filter(said::isBefore).isPresent() || claim.path().equals(STAGE) && !mayFollow(claim, before, lostInterest, shape)) {
            return;
        }
        added.add(said);
        before.ifPresent(fact -> {
            replaced.add(fact);
            if (!shape.isFleeting(claim.path())) {
                changes.add(new Change(claim.path(), fact.value(), claim.value(), said.source().id()));
            }
        });
    }

    private boolean isTaken(Claim claim) {
        return added.stream().map(Said::claim).anyMatch(other -> other.path().equals(claim.path()) && (!claim.isOfList() || other.says(claim.value())));
    }

    /** Whether it is known, or taken out for good: what may be so today and not tomorrow is out only for what was said before. */
    private static boolean stands(Fact fact, Said said, Shape shape) {
        return !fact.isDeleted() || !shape.mayComeBack(fact.path()) || !said.isAfter(fact.deletedAt());
    }

    private static boolean mayFollow(Claim claim, Optional<Fact> before, boolean lostInterest, Shape shape) {
        return before.map(fact -> shape.stage().mayFollow(claim.value(), fact.value(), lostInterest)).orElse(true);
    }
}
