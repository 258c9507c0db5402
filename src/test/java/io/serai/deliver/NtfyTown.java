package io.serai.deliver;

import io.serai.town.FakeNtfy;
import io.serai.town.LastOneOut;
import io.serai.town.RecipeHome;
import io.serai.town.Town;
import java.util.Map;

/** The town that scenes share in which everybody is reached by the recipe of docs/channels.md. */
final class NtfyTown {

    /** What a class of scenes locks that plays here. */
    static final String LOCK = "the town of the recipe";

    static final FakeNtfy NTFY = new FakeNtfy();
    static final Town TOWN = RecipeHome.town(NTFY,
            Map.of("serai.deliver.retry", "100ms,100ms,100ms", "serai.deliver.release", "100ms", "serai.ntfy.period", "50ms"));

    static {
        LastOneOut.closes(LOCK, () -> {
            TOWN.close();
            NTFY.close();
        });
    }

    private NtfyTown() {}
}
