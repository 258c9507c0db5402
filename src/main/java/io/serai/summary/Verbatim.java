package io.serai.summary;

import io.serai.Patterns;
import io.serai.message.Digest;
import io.serai.message.Message;
import io.serai.message.Role;
import io.serai.profile.Figures;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a summary must not lose: sentences with figures that stand neither in the prose nor in the profile; signs of a decision; questions of the
 * customer. This is checked by code, whatever a model was asked for.
 */
final class Verbatim {

    /** A sentence that is longer is quoted around its figures. */
    private static final int LONGEST = 240;

    private static final String DECISIONS = "decisions";

    private final Patterns patterns;

    Verbatim(Patterns patterns) {
        this.patterns = patterns;
    }

    /**
     * @param told the prose of the new summary and the profile
     * @return what must stand below the prose, oldest first, each sentence once
     */
    List<Digest.Kept> of(Digest digest, String told) {
        Set<String> figures = new HashSet<>(Figures.of(told).keySet());
        Map<String, Digest.Kept> kept = new LinkedHashMap<>();
        for (Digest.Kept before : digest.kept()) {
            keep(before, true, figures, kept);
        }
        Figures.of(digest.summary()).forEach((key, figure) -> {
            if (!figures.contains(key)) {
                keep(new Digest.Kept(digest.reading().since(), around(digest.summary(), figure)), false, figures, kept);
            }
        });
        for (Message message : digest.reading().messages()) {
            sentences(message.text()).forEach(sentence -> take(message, sentence, figures, kept));
        }
        return List.copyOf(kept.values());
    }

    private void take(Message message, String sentence, Set<String> figures, Map<String, Digest.Kept> kept) {
        boolean theirs = message.role() == Role.USER;
        if (theirs && isSign(sentence)) {
            keep(new Digest.Kept(message.id(), shortened(sentence)), true, figures, kept);
        }
        Figures.of(sentence).forEach((key, figure) -> {
            if (!figures.contains(key)) {
                keep(new Digest.Kept(message.id(), sentence.length() <= LONGEST ? sentence : around(sentence, figure)), false, figures, kept);
            }
        });
    }

    /** What was kept before and now stands in the prose is told twice rather than lost, unless it was kept for its figures alone. */
    private void keep(Digest.Kept one, boolean judge, Set<String> figures, Map<String, Digest.Kept> kept) {
        boolean needed = !judge || isSign(one.text()) || !Figures.areKept(one.text(), figures);
        if (needed && kept.putIfAbsent(one.text(), one) == null) {
            figures.addAll(Figures.of(one.text()).keySet());
        }
    }

    private boolean isSign(String sentence) {
        return sentence.endsWith("?") || patterns.find(DECISIONS, sentence);
    }

    static List<String> sentences(String text) {
        return Arrays.stream(text.split("(?<=[.!?])\\s+(?=[\\p{Lu}\\p{N}¿¡\"'(])|\\n+")).map(String::strip).filter(sentence -> !sentence.isEmpty()).toList();
    }

    private static String shortened(String sentence) {
        return sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST) + "…";
    }

    /** Whole words around a figure, so that one sees what it is about. */
    private static String around(String text, String figure) {
        int at = Math.max(0, text.indexOf(figure));
        int from = at < LONGEST / 2 ? 0 : text.lastIndexOf(' ', at - LONGEST / 2) + 1;
        int end = at + figure.length() + LONGEST / 2;
        int to = end >= text.length() ? text.length() : Math.max(at + figure.length(), text.indexOf(' ', end) < 0 ? text.length() : text.indexOf(' ', end));
        return text.substring(from, to).replaceAll("\\s+", " ").strip();
    }
}
