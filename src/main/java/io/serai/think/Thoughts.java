package io.serai.think;

import java.util.List;

/**
 * What a model thought, where its server leaves that in the answer (vLLM without a reasoning parser, LM Studio, llama.cpp): lets what is no
 * thought through, piece by piece. Thoughts may hold what operators noted, and are nobody's to read.
 *
 * <p>They are a block at the beginning of the answer, and end with it when they never end. What stands within an answer is the answer's own.
 * Some templates (QwQ, Qwen3 Thinking, DeepSeek) open the block in the prompt, so that only its end comes: {@code </think>} that nothing opened
 * before. A normal answer about such tags names the opener first, or has the closer in quotes, and is left as it is. One that has it neither
 * way loses what stands before: that is rare, and thoughts that are told cannot be taken back.
 */
final class Thoughts {

    private static final String THINK = "<think>";
    private static final List<String> OPENERS = List.of(THINK, "<thinking>", "<thought>");
    private static final int LONGEST = 10;
    private static final String QUOTES = "`\"'“”„‘’‚«»‹›";

    private final StringBuilder held = new StringBuilder();

    /** The block began in the prompt, as far as we know. */
    private boolean begun;

    /** What ends the block that we are in, or null. */
    private String closer;

    /** How much of what is held has been looked at: within a block for its end, before one for blanks. */
    private int seen;

    private boolean cut;
    private boolean over;

    /** @param begun whether this model's thoughts begin in the prompt: then an answer is held until they end */
    Thoughts(boolean begun) {
        this.begun = begun;
        this.closer = begun ? closer(THINK) : null;
    }

    /** An answer without them. */
    static String without(String text) {
        String left = through(new Thoughts(false), text);
        return left.length() < text.length() ? left : through(new Thoughts(true), text);
    }

    private static String through(Thoughts thoughts, String text) {
        return thoughts.after(text) + thoughts.atLast();
    }

    private static String closer(String opener) {
        return "</" + opener.substring(1);
    }

    /** What can be told now that this came too; empty when that is nothing. */
    String after(String token) {
        if (over) {
            return token;
        }
        held.append(token);
        while (closer == null || leave()) {
            while (seen < held.length() && Character.isWhitespace(held.charAt(seen))) {
                seen++;
            }
            String beginning = held.substring(seen, Math.min(held.length(), seen + LONGEST));
            String opener = OPENERS.stream().filter(beginning::startsWith).findFirst().orElse(null);
            if (opener == null) {
                return OPENERS.stream().anyMatch(one -> one.startsWith(beginning)) ? "" : rest();
            }
            forget(seen + opener.length());
            closer = closer(opener);
        }
        return over ? rest() : "";
    }

    /** What was held and turned out to be none, once everything came. */
    String atLast() {
        return over || closer != null && !begun ? "" : rest();
    }

    /** Whether something was left out. */
    boolean wereThere() {
        return cut;
    }

    /** Goes behind the end of the block that we are in, when it came. */
    private boolean leave() {
        int end = end();
        if (end < 0) {
            return false;
        }
        int opened = held.indexOf(THINK);
        if (begun && opened >= 0 && opened < end && !held.substring(0, opened).isBlank()) {
            over = true; // an answer that has both: it talks about them
            return false;
        }
        forget(end + closer.length());
        begun = false;
        closer = null;
        return true;
    }

    /** Where the block ends, or -1. One in quotes is a word: for the one behind it we wait, if need be. */
    private int end() {
        for (int at = held.indexOf(closer, seen); at >= 0; at = held.indexOf(closer, seen)) {
            int behind = at + closer.length();
            if (at == 0 || QUOTES.indexOf(held.charAt(at - 1)) < 0) {
                return at;
            }
            if (behind == held.length()) {
                seen = at;
                return -1;
            }
            if (QUOTES.indexOf(held.charAt(behind)) < 0) {
                return at;
            }
            seen = behind;
        }
        seen = Math.max(seen, held.length() - closer.length() + 1);
        return -1;
    }

    private void forget(int length) {
        held.delete(0, length);
        seen = 0;
        cut = true;
    }

    private String rest() {
        over = true;
        String rest = cut ? held.toString().stripLeading() : held.toString();
        held.setLength(0);
        return rest;
    }
}
