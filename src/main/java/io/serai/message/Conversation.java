package io.serai.message;

import java.util.regex.Pattern;

/**
 * A thread with its own transcript.
 *
 * @param key {@code main}, {@code <channel>}, {@code deal:42}, {@code job:7} ...
 * @param freshFrom messages up to this id belong to what was before the last {@code /new}: remembered, but no longer part of the talk
 */
public record Conversation(long id, String key, long freshFrom) {

    /** What the keys of isolated talks begin with; V31__talks.sql has it too. */
    public static final String JOB = "job:";

    /** A word, and what it is of: of that anything that can be read, since keys come from other systems as they are. */
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,39}(?::[^\\p{Cntrl}\\s](?:[^\\p{Cntrl}]{0,498}[^\\p{Cntrl}\\s])?)?");

    /** What a merge of contacts puts behind the key of a talk of which both have one. */
    private static final Pattern MERGED = Pattern.compile(".* of contact \\d+");

    /**
     * The key that a door names for a message.
     *
     * @throws Refused when none may be called so
     */
    static String named(String key) {
        if (!KEY.matcher(key).matches() || MERGED.matcher(key).matches()) {
            throw new Refused("no conversation may be called this: a key is a word in small letters, as main, or a word and what it is of, as "
                    + "deal:42, on one line of at most 500 characters");
        }
        return key;
    }

    /** Whether nothing of other talks is told in it, nor anything of it in others. */
    public boolean isIsolated() {
        return key.startsWith(JOB);
    }

    /** What it shares its memory with: conversations of one contact that have the same reach know of each other, 0 for all but the isolated ones. */
    public long reach() {
        return isIsolated() ? id : 0;
    }
}
