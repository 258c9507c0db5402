package io.serai.profile;

import io.serai.Scripts;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of a text by their beginnings, so that an ending makes no difference; of scripts that put no spaces between words, pairs of characters.
 * Two letters are no word: they would be found in anything.
 *
 * @param beginning so many letters of a word count
 */
public record Words(Set<String> all, int beginning) {

    /** They stand in any sentence, whatever it is about: in English, German, French, Spanish. */
    private static final Set<String> COMMON = Set.of("""
            about all also and any are because been but can could did does for from had has have her hers him his how into its just might must nor not
            our ours out shall she should some such than that the their theirs them then there these they this those too upon very was were what when
            where which while who whom whose why will with would yes yet you your yours please thank thanks
            aber als auch auf aus bei beim bis bitte danke das dass dem den denn der des die ein eine einem einen einer eines euch für habe haben ich ihnen ihr
            ihre ihren ist kann mein meine mich mir mit nach nicht noch nur oder schon sein seine sich sie sind über und uns unser unsere vom von wenn wer
            werde werden wie wir wird wurde zum zur
            aux avec avez avons ces cette dans donc elle elles est être leur leurs les mais merci mes mon nos notre nous par pas que qui ses sont sur une
            vos votre vous
            como con del ella ellos esta está están estas este estos gracias las los más mis muy para pero por ser sobre sus una unas unos usted ustedes
            """.strip().split("\\s+"));

    private static final Pattern UNSPACED = Pattern.compile("[" + Scripts.PAIRS + Scripts.THREES + "]+");

    static Words of(String text) {
        return of(text, 3, 5, Set.of());
    }

    /** Those that somebody must have said who spoke of it; words that every sentence has only where there is nothing else. */
    static Words meant(String text) {
        Words meant = of(text, 3, 5, COMMON);
        return meant.all.isEmpty() ? of(text) : meant;
    }

    /** Those that tell what it is about, a pump or pumps: the short ones, as articles, only where there is nothing else. */
    public static Words telling(String text) {
        Words telling = of(text, 4, 4, Set.of());
        return telling.all.isEmpty() ? of(text) : telling;
    }

    private static Words of(String text, int shortest, int beginning, Set<String> without) {
        String folded = Claim.fold(text);
        Set<String> words = Arrays.stream(UNSPACED.matcher(folded).replaceAll(" ").split("[^\\p{L}\\p{M}]+"))
                .filter(word -> word.length() >= shortest && !without.contains(word))
                .map(word -> word.substring(0, Math.min(beginning, word.length())))
                .collect(Collectors.toCollection(HashSet::new));
        UNSPACED.matcher(folded).results().forEach(run -> {
            int[] letters = run.group().codePoints().toArray();
            for (int at = 0; at + 1 < letters.length; at++) {
                words.add(new String(letters, at, 2));
            }
        });
        return new Words(words, beginning);
    }

    /** How many of them stand in another text. */
    public int sharedWith(String text) {
        Set<String> shared = new HashSet<>(of(text, 3, beginning, Set.of()).all);
        shared.retainAll(all);
        return shared.size();
    }

    boolean isSharedWith(String text) {
        return sharedWith(text) > 0;
    }

    /** Whether a text stands in another one as it is: between letters of other words it does not, where words have spaces between them. */
    static boolean stands(String value, String text) {
        String folded = Claim.fold(value);
        boolean spaced = !UNSPACED.matcher(folded).find();
        String bound = spaced ? "[\\p{L}\\p{N}]" : "(?!)";
        return !folded.isEmpty()
                && Pattern.compile("(?<!" + bound + ")" + Pattern.quote(folded) + "(?!" + bound + ")").matcher(Claim.fold(text)).find();
    }
}
