package io.serai.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as a search asks it. The names of those who take part are taken out: they stand in every turn, and drown what is asked for; who was
 * named is only a hint at who said it.
 *
 * @param text without names, unless nothing else is in it
 * @param named who of those who take part is named in it
 */
record Question(String text, List<String> named) {

    /** More than this only takes time. */
    private static final int LONGEST = 2000;

    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*(['’]s\\b)?");

    /** Shorter ones are more likely words than names. */
    private static final int SHORTEST_NAME = 3;

    static Question of(String said, Collection<String> names) {
        String asked = said.substring(0, Math.min(said.length(), LONGEST));
        List<String> named = new ArrayList<>();
        Matcher word = WORD.matcher(asked);
        String rest = word.replaceAll(found -> {
            List<String> meant = names.stream().filter(name -> isName(bare(found.group()), name)).toList();
            named.addAll(meant);
            return meant.isEmpty() ? Matcher.quoteReplacement(found.group()) : "";
        });
        rest = rest.replaceAll("\\s+", " ").strip();
        return new Question(rest.chars().anyMatch(Character::isLetterOrDigit) ? rest : asked, named.stream().distinct().toList());
    }

    private static String bare(String word) {
        return word.replaceFirst("['’]s$", "");
    }

    /** A part of the name in any case, or with a capital what it is shortened to, as in Mel for Melanie. */
    private static boolean isName(String word, String name) {
        boolean capital = Character.isUpperCase(word.charAt(0));
        for (String part : name.split("[^\\p{L}\\p{M}]+")) {
            boolean same = part.equalsIgnoreCase(word) && part.length() >= SHORTEST_NAME;
            boolean shortened = capital && word.length() >= SHORTEST_NAME && part.regionMatches(true, 0, word, 0, word.length());
            if (same || shortened) {
                return true;
            }
        }
        return false;
    }
}
