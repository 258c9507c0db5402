package io.serai.summary;

import io.serai.message.Beginning;
import io.serai.message.Digest;
import io.serai.message.Message;
import io.serai.message.Role;
import io.serai.profile.Figures;
import io.serai.profile.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a summary must not lose: sentences with figures that do not stand in the prose; the last signs of a decision; questions of the customer that are
 * open. This is checked by code, whatever a model was asked for.
 */
final class Verbatim {

    /** A sentence that is longer is quoted around its figures. */
    private static final int LONGEST = 240;

    /** Of the signs of a kind the last ones tell how things stand. */
    private static final int SIGNS = 6;

    private static final Pattern ASKS = Pattern.compile("[?？؟]$");

    private final BiPredicate<String, String> patterns;

    /** @param patterns whether a list of patterns has a text */
    Verbatim(BiPredicate<String, String> patterns) {
        this.patterns = patterns;
    }

    /** @param isWhole whether it is short enough to be quoted as it is */
    private record Line(long message, boolean isTheirs, boolean isWhole, String text) {

        private Digest.Kept quoted() {
            return new Digest.Kept(message, isWhole ? text : shortened(text));
        }
    }

    /**
     * @param byModel whether a model wrote the prose; where none did, promises are kept too
     * @return what must stand below the prose, oldest first, each sentence once
     */
    List<Digest.Kept> of(Digest digest, String prose, boolean byModel) {
        List<Line> lines = lines(digest);
        Set<Digest.Kept> signs = signs(lines, digest.reading().messages(), byModel);
        Set<String> figures = new HashSet<>(Figures.toldBy(prose));
        Map<String, Digest.Kept> kept = new LinkedHashMap<>();
        for (Line line : lines) {
            if (signs.contains(line.quoted())) {
                keep(line.quoted(), figures, kept);
            }
            for (Figures.Figure figure : Figures.in(line.text())) {
                if (!figures.contains(figure.key())) {
                    keep(line.isWhole() ? line.quoted() : new Digest.Kept(line.message(), around(line.text(), figure)), figures, kept);
                }
            }
        }
        return List.copyOf(kept.values());
    }

    private static List<Line> lines(Digest digest) {
        List<Line> lines = new ArrayList<>();
        digest.kept().forEach(before -> lines.add(new Line(before.message(), true, true, before.text())));
        lines.add(new Line(digest.reading().since(), false, false, digest.summary()));
        for (Message message : digest.reading().messages()) {
            sentences(message.text()).forEach(sentence ->
                    lines.add(new Line(message.id(), message.role() == Role.USER, sentence.length() <= LONGEST, sentence)));
        }
        return lines;
    }

    private Set<Digest.Kept> signs(List<Line> lines, List<Message> said, boolean byModel) {
        Set<Digest.Kept> signs = new HashSet<>();
        signs.addAll(last(lines, line -> line.isTheirs() && patterns.test("decisions", line.text())));
        signs.addAll(last(lines, line -> line.isTheirs() && isOpen(line, said)));
        signs.addAll(last(lines, line -> !byModel && patterns.test("promises", line.text())));
        return signs;
    }

    private static List<Digest.Kept> last(List<Line> lines, Predicate<Line> sign) {
        List<Digest.Kept> signs = lines.stream().filter(sign).map(Line::quoted).distinct().toList();
        return signs.subList(Math.max(0, signs.size() - SIGNS), signs.size());
    }

    /** A question is open until we say something after it that has half of its words. */
    private static boolean isOpen(Line line, List<Message> said) {
        Words asked = Words.telling(line.text());
        return ASKS.matcher(line.text()).find() && said.stream()
                .filter(message -> message.role() == Role.ASSISTANT && message.id() > line.message())
                .noneMatch(message -> 2 * asked.sharedWith(message.text()) >= asked.all().size());
    }

    private static void keep(Digest.Kept one, Set<String> figures, Map<String, Digest.Kept> kept) {
        kept.putIfAbsent(one.text(), one);
        figures.addAll(Figures.toldBy(one.text()));
    }

    static List<String> sentences(String text) {
        return Arrays.stream(text.split("(?<=[.!?])\\s+(?=[\\p{Lu}\\p{N}¿¡\"'(])|\\n+")).map(String::strip).filter(sentence -> !sentence.isEmpty()).toList();
    }

    static String shortened(String sentence) {
        return sentence.length() <= LONGEST ? sentence : Beginning.of(sentence, LONGEST) + "…";
    }

    /** Whole words around a figure, so that one sees what it is about; the figure alone where they would make another one of it. */
    private static String around(String text, Figures.Figure figure) {
        int start = figure.from() - LONGEST / 2;
        int end = figure.to() + LONGEST / 2;
        int from = start <= 0 ? 0 : Math.min(figure.from(), text.lastIndexOf(' ', start) < start - LONGEST ? start : text.lastIndexOf(' ', start) + 1);
        int space = end >= text.length() ? -1 : text.indexOf(' ', end);
        int to = end >= text.length() ? text.length() : space < 0 || space > end + LONGEST ? end : space;
        String excerpt = text.substring(from, to).replaceAll("\\s+", " ").strip();
        return Figures.of(excerpt).contains(figure.key()) ? excerpt : text.substring(figure.from(), figure.to());
    }
}
