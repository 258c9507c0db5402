package io.serai.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a deal may come: the stages of the schema, in their order there.
 *
 * @param order what the schema says today; facts may know stages that it does not
 */
record Stage(List<String> order) {

    private static final String WON = "closed_won";
    private static final String LOST = "closed_lost";

    private static final Map<String, String> MARKETING = Map.of("first_contact", "awareness", "qualifying", "interest", "pitched", "consideration",
            "objection_handling", "consideration", "negotiation", "intent", WON, "customer", LOST, "lost", "dormant", "churned");

    static Stage of(JsonNode schema) {
        List<String> order = new ArrayList<>();
        schema.path("enum").forEach(word -> order.add(word.asText()));
        return new Stage(List.copyOf(order));
    }

    /** The same as marketing sees it; of a stage that only the schema knows it has no view. */
    static Optional<String> marketing(String stage) {
        return Optional.ofNullable(MARKETING.get(stage));
    }

    /**
     * Whether one may come after another: forward only, but who says that they are no longer interested is lost from wherever they were, and after
     * what the schema knows no longer may come anything. Dormant is what the clock makes of a contact, never a model.
     */
    boolean mayFollow(String next, String before, boolean lostInterest) {
        boolean forward = order.indexOf(next) > order.indexOf(before) && !(before.equals(WON) && !lostInterest);
        return order.contains(next) && (forward || next.equals(LOST) && lostInterest);
    }
}
