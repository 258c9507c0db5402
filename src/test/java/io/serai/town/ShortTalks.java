package io.serai.town;

import java.util.Map;

/** The town that scenes share in which everything is learned and told in short after a few turns. */
public final class ShortTalks {

    /** What a class of scenes locks that plays here. */
    public static final String LOCK = "the town of short talks";

    private static final Town TOWN = Town.with(Map.of("serai.profile.extraction", "every-turn", "serai.summary.every", 4, "serai.summary.turns", 5));

    static {
        LastOneOut.closes(LOCK, TOWN::close);
    }

    private ShortTalks() {}

    public static Town town() {
        return TOWN;
    }
}
