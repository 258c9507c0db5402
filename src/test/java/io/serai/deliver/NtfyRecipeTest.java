package io.serai.deliver;

import io.serai.town.ChannelContract;
import io.serai.town.FakeNtfy;
import io.serai.town.RecipeHome;
import io.serai.town.Town;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The recipe of docs/channels.md: a channel that did not exist, with two files and no Java. */
@Tag("database")
class NtfyRecipeTest implements ChannelContract {

    private static FakeNtfy ntfy;
    private static Town town;

    @BeforeAll
    static void open() {
        ntfy = new FakeNtfy();
        town = RecipeHome.town(ntfy, Map.of("serai.deliver.retry", "200ms,200ms,200ms"));
    }

    @AfterAll
    static void close() {
        town.close();
        ntfy.close();
    }

    @Override
    public Town town() {
        return town;
    }

    @Override
    public FarSide far() {
        return ntfy;
    }

    @Override
    public String channel() {
        return "ntfy";
    }

    @Override
    public int limit() {
        return 1300;
    }
}
