package io.serai.deliver;

import java.util.Optional;

/** How a channel spells the handles of people where they may be written in several ways: its door knows each person by one of them only. */
public interface Spelling {

    String channel();

    /** The handle as the door of the channel spells it; nothing when it is none there. */
    Optional<String> spell(String handle);
}
