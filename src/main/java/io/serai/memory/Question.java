package io.serai.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as a search asks it. The names of those who take part are taken out: they are what a talk is between and not what it is about, and drown
 * what is asked for; who was named is only a hint at who said it. But names are words as well, as in Berlin Pumps, and are searched for with
 * little weight.
 *
 * @param text without names, unless nothing else is in it
 * @param names what was taken out of it
 * @param named who of those who take part is named in it
 */
record Question(String text, String names, List<String> named) {

    /** More than this only takes time. */
    private static final int LONGEST = 2000;

    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*(['’]s\\b)?");

    /** Shorter ones are more likely words than names. */
    private static final int SHORTEST_NAME = 3;

    static Question of(String said, Collection<String> names) {
        String asked = said.substring(0, Math.min(said.length(), LONGEST));
        List<String> taken = new ArrayList<>();
        List<String> named = new ArrayList<>();
        Matcher word = WORD.matcher(asked);
        String rest = word.replaceAll(found -> {
            String bare = bare(found.group());
            List<String> meant = names.stream().filter(name -> isName(bare, name)).toList();
            if (meant.isEmpty()) {
                return Matcher.quoteReplacement(found.group());
            }
            taken.add(bare);
            named.addAll(meant);
            return "";
        });
        rest = rest.replaceAll("\\s+", " ").strip();
        List<String> who = named.stream().distinct().toList();
        return rest.chars().anyMatch(Character::isLetterOrDigit) ? new Question(rest, String.join(" ", taken), who) : new Question(asked, "", who);
    }

    private static String bare(String word) {
        return word.replaceFirst("['’]s$", "");
    }

    /** A part of the name, as names are written: who asks what the pumps cost does not mean Berlin Pumps. Some scripts have no capitals. */
    private static boolean isName(String word, String name) {
        return word.length() >= SHORTEST_NAME && !Character.isLowerCase(word.codePointAt(0))
                && Arrays.stream(name.split("[^\\p{L}\\p{M}]+")).anyMatch(word::equalsIgnoreCase);
    }
}
