package io.serai.think;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of memory bears on a question: the lines that share its words. Rare words weigh more, a customer's word more than ours, a statement
 * more than a question.
 */
final class Evidence {

    /** The share of the question, by weight, that a line must speak of. */
    private static final double ENOUGH = 0.3;

    private static final double OF_US = 0.6;
    private static final double OF_A_QUESTION = 0.35;

    /** A short word that memory does not have is most likely an article in a language whose empty words we do not know. */
    private static final int SHORT = 3;

    private static final double OF_A_FILLER = 0.2;

    /** How near the second best must come to be worth telling. */
    private static final double AS_GOOD = 0.8;

    private final Set<String> question;
    private final List<Fence.Entry> lines;
    private final Map<String, Double> weights = new HashMap<>();

    /** @param lines oldest first */
    Evidence(String question, List<Fence.Entry> lines) {
        this.question = Words.of(question);
        this.lines = distinct(lines, question);
        for (String word : this.question) {
            long known = this.lines.stream().filter(line -> Words.of(line.text()).contains(word)).count();
            double rarity = Math.log(1 + (this.lines.size() + 1.0) / (known + 1.0));
            weights.put(word, known == 0 && word.length() <= SHORT ? rarity * OF_A_FILLER : rarity);
        }
    }

    private record Scored(Fence.Entry line, int place, double score) {}

    /** The best line, and a second one when it says as much; empty when nothing bears on the question. */
    List<Fence.Entry> best() {
        List<Scored> found = scored().filter(one -> one.score() >= ENOUGH).sorted(bestFirst()).limit(2).toList();
        return found.stream().filter(one -> one.score() >= AS_GOOD * found.getFirst().score()).map(Scored::line).toList();
    }

    /** What the customer said last, for a question that names nothing. */
    List<Fence.Entry> latest() {
        List<Fence.Entry> said = lines.stream()
                .filter(line -> !Fence.US.equals(line.who()) && !Words.ask(line.text()) && !Words.of(line.text()).isEmpty())
                .toList();
        return said.subList(Math.max(0, said.size() - 2), said.size()).reversed();
    }

    boolean namesNothing() {
        return question.isEmpty();
    }

    private Stream<Scored> scored() {
        List<Scored> all = new ArrayList<>();
        for (int place = 0; place < lines.size(); place++) {
            all.add(new Scored(lines.get(place), place, score(lines.get(place))));
        }
        return all.stream();
    }

    private double score(Fence.Entry line) {
        Set<String> words = Words.of(line.text());
        double shared = question.stream().filter(words::contains).mapToDouble(weights::get).sum();
        double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        boolean onlyAsks = Sentences.of(line.text()).stream().filter(this::touches).allMatch(Words::ask);
        if (onlyAsks && question.containsAll(words)) {
            return 0; // the same question, asked before
        }
        return all == 0 ? 0 : shared / all * (Fence.US.equals(line.who()) ? OF_US : 1) * (onlyAsks ? OF_A_QUESTION : 1);
    }

    private boolean touches(String sentence) {
        return Words.of(sentence).stream().anyMatch(question::contains);
    }

    private static Comparator<Scored> bestFirst() {
        return Comparator.comparingDouble(Scored::score).thenComparing(Scored::place).reversed();
    }

    /** What was said again counts as said last; our echo of what a customer said does not stand for it. */
    private static List<Fence.Entry> distinct(List<Fence.Entry> lines, String question) {
        Set<List<Object>> seen = new HashSet<>();
        return lines.reversed().stream()
                .filter(line -> !line.text().strip().equals(question.strip()))
                .filter(line -> seen.add(List.of(Fence.US.equals(line.who()), line.text().strip())))
                .toList()
                .reversed();
    }
}
