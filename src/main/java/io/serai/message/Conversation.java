package io.serai.message;

/**
 * A thread with its own transcript.
 *
 * @param key {@code main}, {@code <channel>}, {@code deal:42}, {@code job:7} ...
 * @param freshFrom messages up to this id belong to what was before the last {@code /new}: remembered, but no longer part of the talk
 */
public record Conversation(long id, String key, long freshFrom) {}
