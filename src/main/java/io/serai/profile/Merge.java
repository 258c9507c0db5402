package io.serai.profile;

import io.serai.message.Message;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of a profile when something is claimed: lists append and keep what was said last, as much as the schema lets them hold; everything else
 * overrides with a record of the change, unless it was said before what is known; the stage goes forward only; what somebody took out stays out, for good
 * or until it is said anew; what is known already is only known from a later message.
 *
 * @param added what holds from now on
 * @param replaced facts that hold no longer
 * @param repeated facts that hold, and were said again
 */
record Merge(List<Said> added, List<Fact> replaced, List<Change> changes, List<Repeated> repeated) {

    static final String STAGE = "stage";

    private static final BinaryOperator<Instant> LATER = BinaryOperator.maxBy(Comparator.naturalOrder());

    /** A claim with the message that says it. */
    record Said(Claim claim, Message source) {

        boolean isAfter(OffsetDateTime moment) {
            return source.saidAt().isAfter(moment.toInstant());
        }

        private List<Item> items() {
            return Item.of(claim.path(), claim.value());
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

        private List<Item> items() {
            return Item.of(path, value);
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
        merge.bound(known, claims, shape);
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

    /** Items for which their list has no room leave, those first of which nothing was said for longest; nobody took them out, and they may come again. */
    private void bound(List<Fact> known, List<Said> claims, Shape shape) {
        List<Fact> held = known.stream().filter(fact -> !fact.isDeleted() && !replaced.contains(fact)).toList();
        Map<Item, Instant> said = new LinkedHashMap<>();
        held.forEach(fact -> fact.items().forEach(item -> said.merge(item, fact.saidAt().toInstant(), LATER)));
        added.forEach(one -> one.items().forEach(item -> said.merge(item, one.source().saidAt(), LATER)));
        claims.forEach(one -> one.items().forEach(item -> said.computeIfPresent(item, (same, at) -> LATER.apply(at, one.source().saidAt()))));
        Set<Item> leaving = said.keySet().stream().collect(Collectors.groupingBy(Item::list)).entrySet().stream()
                .flatMap(list -> oldest(list.getValue(), list.getValue().size() - shape.most(list.getKey()), said))
                .collect(Collectors.toSet());
        held.stream().filter(fact -> fact.items().stream().anyMatch(leaving::contains)).forEach(replaced::add);
        added.removeIf(one -> one.items().stream().anyMatch(leaving::contains));
    }

    private static Stream<Item> oldest(Collection<Item> items, int many, Map<Item, Instant> said) {
        return items.stream().sorted(Comparator.comparing(said::get)).limit(Math.max(0, many));
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
