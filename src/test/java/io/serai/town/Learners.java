package io.serai.town;

import java.util.Map;

/** The town that scenes share in which everything is learned of everybody, and nothing else is asked of the model. */
public final class Learners {

    /** What a class of scenes locks that plays here. */
    public static final String LOCK = "the town that learns";

    public static final String TOKEN = "a-token-of-the-town-that-learns";

    private static final Town TOWN = Town.with(Map.of("serai.profile.extraction", "every-turn", "serai.reflect.workers", 4, "serai.api.token", TOKEN));

    static {
        LastOneOut.closes(LOCK, TOWN::close);
    }

    private Learners() {}

    public static Town town() {
        return TOWN;
    }
}
