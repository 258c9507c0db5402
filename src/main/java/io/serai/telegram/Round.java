package io.serai.telegram;

import java.time.Duration;

/** What is done for a bot over and over: asking for updates, or looking after its webhook. */
@FunctionalInterface
interface Round {

    /**
     * Once; returns when something has moved.
     *
     * @return how long to wait before the next
     */
    Duration round();
}
