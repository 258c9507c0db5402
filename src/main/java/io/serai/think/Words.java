package io.serai.think;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a text that carry its meaning: folded, lightly stemmed, without those that every sentence has. */
final class Words {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:[.,'’][\\p{L}\\p{N}]+){0,100}"); // each repeat takes room on the stack
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    /** Scripts without spaces; what is Hiragana are mostly endings and particles. */
    private static final Pattern UNSPACED = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]");

    private static final Pattern RUN = Pattern.compile("[\\p{IsHan}\\p{IsKatakana}\\p{IsThai}]+");

    private static final Set<String> EMPTY = Set.of(("""
            a about after again all also am an and any are as at be because been before being but by can could did do does doing done for
            from get got had has have having he her here hers hi hello hey him his how i if in into is it its just let like may me might
            mine more most much many must my no not now of off ok okay on one only or other our ours out over please shall she should so
            some such than thank thanks that the their them then there these they thing things this those to too under until up us very
            was we were what when where which while who whom whose why will with would yes yet you your yours i'm we're you're it's that's
            what's don't didn't i've we've i'd we'd let's mention mentioned say said saying tell told telling remember recall talk talked
            speak spoke write wrote written ask asked know knew remind quote give gave earlier previously already ago last time ever still
            today
            """).strip().split("\\s+"));

    private static final String AUXILIARY = "(?:do|does|did|can|could|will|would|shall|should|is|are|was|were|have|has|had|am|may|might|must)(?:n['’]t)?";

    private static final String PERSON = "(?:i|you|he|she|it|we|they|there)";

    /** What a clause has as its subject, by its first word: after a question word it makes a statement, "What we need is a pump.". */
    private static final String SUBJECT = "(?:" + PERSON
            + "|this|that|these|those|the|an?|my|your|his|her|its|our|their|any\\p{L}*|some\\p{L}*|every\\p{L}*|all|both|(?-i:\\p{Lu}\\p{Ll}+))";

    /** Of more than one, as in "do the pumps"; "Do the same." and "Have a nice day." ask for nothing. */
    private static final String SEVERAL = "(?:(?:the|my|your|his|her|its|our|their|these|those) \\p{L}+s|any\\p{L}*)";

    /** What asks without a question mark, and the German "was", with one blank between words. */
    private static final Pattern QUESTION = Pattern.compile(
            "(?:(?:tell|remind) me"
                    + "|(?:what|who|where|when|how|why)['’]s"
                    + "|(?:did|does|are|were) (?!not\\b)\\p{L}+"
                    + "|(?:is|has|can|could|would|should) (?:" + SUBJECT + "|(?-i:\\p{Lu}[\\p{L}\\p{N}-]*))"
                    + "|is (?!not\\b)\\p{L}+ (?:\\p{L}+ed|free|open)"
                    + "|(?:can|could|would|should) \\p{L}+s \\p{L}+"
                    + "|(?:was|will|had) (?!an?\\b)" + SUBJECT
                    + "|(?:do|have) (?:i|you|we|they|" + SEVERAL + ")"
                    + "|am i"
                    + "|(?:what|which)(?: \\p{L}+){0,3} " + AUXILIARY + " " + PERSON
                    + "|what (?!" + SUBJECT + "\\b|\\p{L}+(?:[^\\Ws]s|ed) (?:is|was)\\b)\\p{L}+"
                    + "|(?:who|whom|whose|which|why) (?!" + PERSON + "\\b)[\\p{L}\\p{N}]+"
                    + "|(?:when|where|how)(?: exactly| else)? " + AUXILIARY
                    + "|how (?!" + PERSON + "\\b)\\p{L}+ " + AUXILIARY
                    + "|(?:why|when|where|who|how)(?=\\P{L}*$)"
                    + "|how (?:many|much|long|often|far|big|old|soon|fast|late|large|high|heavy|about|come|to)"
                    + "|where to"
                    + "|was (?:ist|sind|war|waren|hat|habe|haben|hatte|hatten|wird|soll|kann|muss|kostet|kosten))\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);

    private Words() {}

    /** In the order in which they come, each once. */
    static Set<String> of(String text) {
        Set<String> words = new LinkedHashSet<>();
        String folded = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
        for (Matcher word = WORD.matcher(folded); word.find(); ) {
            String plain = word.group().replace('’', '\'');
            if (UNSPACED.matcher(plain).find()) {
                RUN.matcher(plain).results().forEach(run -> pairs(run.group(), words));
            } else if (!EMPTY.contains(plain)) {
                words.add(stem(plain.replaceFirst("'s$", "")));
            }
        }
        words.removeAll(EMPTY);
        return words;
    }

    /** Whether somebody wants to know something. */
    static boolean ask(String sentence) {
        String plain = sentence.strip();
        return plain.endsWith("?") || plain.endsWith("？") || plain.endsWith("؟") || QUESTION.matcher(plain.replaceAll("\\s+", " ")).matches();
    }

    /** Every two characters that stand together. */
    private static void pairs(String run, Set<String> words) {
        for (int i = 0; i < Math.max(1, run.length() - 1); i++) {
            words.add(run.substring(i, Math.min(run.length(), i + 2)));
        }
    }

    private static String stem(String word) {
        int length = word.length();
        if (length < 4 || !word.chars().allMatch(letter -> letter >= 'a' && letter <= 'z')) {
            return word;
        }
        if (word.endsWith("ies") && length > 4) {
            return word.substring(0, length - 3) + "y";
        }
        if (word.matches(".*(?:ss|x|ch|sh)es")) {
            return word.substring(0, length - 2);
        }
        if (word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is")) {
            return stem(word.substring(0, length - 1));
        }
        if (word.endsWith("ing") && length > 5) {
            return bare(word.substring(0, length - 3));
        }
        if (word.endsWith("ed") && length > 4) {
            return bare(word.substring(0, length - 2));
        }
        return bare(word);
    }

    /** "shipp" of shipped is "ship"; "delivere" of delivere and "deliver" of delivered are one. */
    private static String bare(String stem) {
        int length = stem.length();
        if (length > 4 && stem.charAt(length - 1) == stem.charAt(length - 2) && "bdgmnprt".indexOf(stem.charAt(length - 1)) >= 0) {
            return stem.substring(0, length - 1);
        }
        return stem.endsWith("e") && length > 3 ? stem.substring(0, length - 1) : stem;
    }
}
