package io.serai.deliver;

import io.serai.town.ChannelContract;
import io.serai.town.FakeNtfy;
import io.serai.town.Town;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The recipe of docs/channels.md: a channel that did not exist, with two files and no Java. */
@Tag("database")
@ResourceLock(NtfyTown.LOCK)
class NtfyRecipeTest implements ChannelContract {

    private static final FakeNtfy ntfy = NtfyTown.NTFY;
    private static final Town town = NtfyTown.TOWN;

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
