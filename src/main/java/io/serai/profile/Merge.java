package io.serai.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a profile when something is claimed: lists append, everything else overrides with a record of the change; the stage goes forward
 * only; what somebody took out stays out; what is known already changes nothing.
 *
 * @param added claims that hold from now on
 * @param replaced facts that hold no longer
 */
record Merge(List<Claim> added, List<Fact> replaced, List<Change> changes) {

    static final String STAGE = "stage";

    /** @param deleted whether somebody took it out; then it holds no longer, and is not to come back */
    record Fact(long id, String path, String value, boolean deleted) {}

    /** A value that another one took the place of. */
    record Change(String path, String was, String now) {}

    /**
     * @param lostInterest whether the customer said that they are no longer interested
     * @param shape tells which paths are fleeting: their changes are not recorded
     */
    static Merge of(List<Fact> known, List<Claim> claims, boolean lostInterest, Shape shape) {
        var merge = new Merge(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        claims.forEach(claim -> merge.take(claim, known, lostInterest, shape));
        return merge;
    }

    private void take(Claim claim, List<Fact> known, boolean lostInterest, Shape shape) {
        List<Fact> ofPath = known.stream().filter(fact -> fact.path().equals(claim.path())).toList();
        boolean told = added.stream().anyMatch(other -> other.path().equals(claim.path()) && (!claim.isOfList() || other.says(claim.value())));
        if (told || ofPath.stream().anyMatch(fact -> claim.says(fact.value()))) {
            return;
        }
        Optional<Fact> before = claim.isOfList() ? Optional.empty() : ofPath.stream().filter(fact -> !fact.deleted()).findFirst();
        if (claim.path().equals(STAGE) && !mayFollow(claim, before, lostInterest)) {
            return;
        }
        added.add(claim);
        before.ifPresent(fact -> {
            replaced.add(fact);
            if (!shape.isFleeting(claim.path())) {
                changes.add(new Change(claim.path(), fact.value(), claim.value()));
            }
        });
    }

    private static boolean mayFollow(Claim claim, Optional<Fact> before, boolean lostInterest) {
        return before.map(fact -> Stage.of(claim.value()).mayFollow(Stage.of(fact.value()), lostInterest)).orElse(true);
    }
}
