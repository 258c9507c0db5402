package io.serai.town;

import java.util.Map;

/** The town without a language model that scenes share: what was learned is found by rules, what is answered is quoted. */
public final class OfflineTown {

    /** What a class of scenes locks that plays here. */
    public static final String LOCK = "the town without a language model";

    private static final Town TOWN = Town.with(Map.of("serai.models.main.provider", "offline", "serai.profile.extraction", "every-turn",
            "serai.summary.every", 10, "serai.reflect.workers", 4));

    static {
        LastOneOut.closes(LOCK, TOWN::close);
    }

    private OfflineTown() {}

    public static Town town() {
        return TOWN;
    }
}
