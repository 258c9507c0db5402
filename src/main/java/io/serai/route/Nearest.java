package io.serai.route;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses which word was meant. */
final class Nearest {

    private Nearest() {}

    /** {@code did you mean 'recall'?}, or what there is when nothing is near. */
    static String hint(String written, Collection<String> known) {
        return known.stream()
                .filter(word -> distance(written, word) <= Math.max(2, word.length() / 3) && distance(written, word) < word.length())
                .min(Comparator.comparingInt((String word) -> distance(written, word)).thenComparing(Comparator.naturalOrder()))
                .map(word -> "did you mean '" + word + "'?")
                .orElseGet(() -> known.isEmpty() ? null : known.size() > 12 ? null : "there is "
                        + String.join(", ", known.stream().sorted().toList()));
    }

    /** Levenshtein, with a swap of neighbours as one step, without regard to case. */
    private static int distance(String left, String right) {
        String one = left.toLowerCase(Locale.ROOT);
        String other = right.toLowerCase(Locale.ROOT);
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replaced = steps[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[one.length()][other.length()];
    }
}
