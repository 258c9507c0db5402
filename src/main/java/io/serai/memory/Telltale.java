package io.serai.memory;

import io.serai.profile.Figures;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What gives a text away in others that repeat it: its figures, codes and addresses, however their digits are grouped, in whatever script. As regular expressions
 * of Postgres, where capitals make no difference; their groups are the character before.
 *
 * @param own what hardly stands anywhere else; null when there is none
 * @param common what may stand anywhere, and is only repeated beside words of the text: a day, a time, a year, what is round or short; null when there is none
 * @param words how its words begin, of four letters or more
 */
record Telltale(String own, String common, List<String> words) {

    /** So much of a text is looked at, and so many of its figures. */
    private static final int READ = 4_000;
    private static final int MOST = 40;

    private static final int LONGEST = 20;
    private static final int WORDS = 12;
    private static final int BEGINNING = 6;

    private static final Pattern LINK = Pattern.compile("(?:https?://|www\\.)[^\\s<>\"'()]{3,200}(?<![.,;:!?])", Pattern.CASE_INSENSITIVE);

    /** Letters with a digit behind them, as no word has; Chinese puts them beside a number without a space. */
    private static final Pattern CODE = Pattern.compile("(?<![\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}\\p{Nd}])(?=[\\p{Nd}]{0,40}\\p{L}{1,40}\\p{Nd})"
            + "[\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}\\p{Nd}]{4,64}");

    private static final Pattern WORD = Pattern.compile("\\p{L}{4,40}");
    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}(?:[ ,.'’\\u00a0\\u202f]?\\p{Nd})*");
    private static final Pattern NO_CENTS = Pattern.compile("[.,]00?$");

    /** Not what is round, nor a year; of three digits only a code, which a number does not begin as, and which is not all zeros. */
    private static final Pattern OWN = Pattern.compile("(?!0+$)0\\d{2,}|(?!\\d*00$|(?:19|20)\\d\\d$)\\d{4,}");

    private static final Pattern ASCII_DIGIT = Pattern.compile("[0-9]");
    private static final Pattern LETTER = Pattern.compile("\\p{IsLatin}");

    /** In an expression of Postgres. */
    private static final String BLANKS = "[[:space:]]*";

    private static final String GROUPS = "[ ,.'’\u00a0\u202f\u066c]?";
    private static final String MARKS = ".,\u066b\u066c";

    /** A digit in all scripts. */
    private static final List<String> DIGITS = IntStream.range(0, 10)
            .mapToObj(value -> zeros().mapToObj(zero -> Character.toString(zero + value)).collect(Collectors.joining("", "[", "]")))
            .toList();

    /** All of them, in brackets. */
    private static final String ANY = zeros().mapToObj(zero -> Character.toString(zero) + "-" + Character.toString(zero + 9)).collect(Collectors.joining());

    static Telltale of(String text) {
        String read = western(text.substring(0, Math.min(text.length(), READ)));
        Set<String> own = new LinkedHashSet<>();
        Set<String> common = new LinkedHashSet<>();
        String rest = without(CODE, without(LINK, read, own), own);
        for (Figures.Figure figure : Figures.in(rest)) {
            String figured = rest.substring(figure.from(), figure.to());
            (isOwn(figure, figured) ? own : common).add(form(figure, figured));
        }
        own.remove("");
        common.remove("");
        List<String> words = WORD.matcher(rest.toLowerCase(Locale.ROOT)).results().map(found -> "\\m" + beginning(found.group())).distinct().limit(WORDS).toList();
        return new Telltale(either(own), words.isEmpty() ? null : either(common), words);
    }

    boolean isEmpty() {
        return own == null && common == null;
    }

    private static IntStream zeros() {
        return IntStream.rangeClosed(0, Character.MAX_VALUE).filter(letter -> Character.isDigit(letter) && Character.digit(letter, 10) == 0);
    }

    /** The same, character by character, with the digits of ASCII and the marks that stand between them. */
    private static String western(String text) {
        return text.chars()
                .map(letter -> switch (letter) {
                    case '\u066b', '\uff0e' -> '.';
                    case '\u066c', '\uff0c' -> ',';
                    default -> Character.isDigit(letter) ? Character.forDigit(Character.digit(letter, 10), 10) : letter;
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String without(Pattern pattern, String text, Set<String> found) {
        return pattern.matcher(text).replaceAll(match -> {
            found.add(literal(match.group()));
            return " ".repeat(match.group().length());
        });
    }

    private static String form(Figures.Figure figure, String text) {
        return switch (kind(figure)) {
            case "words" -> "";
            case "number" -> number(Written.of(text));
            case "phone" -> spread(text.replaceAll("\\P{Nd}", ""), "[ ()./-]{0,3}");
            case "order" -> spread(text.replaceAll("[^\\p{L}\\p{Nd}]", ""), "[ -]?");
            default -> literal(text);
        };
    }

    private static boolean isOwn(Figures.Figure figure, String text) {
        return switch (kind(figure)) {
            case "email", "phone" -> true;
            case "order" -> text.replaceAll("[^\\p{L}\\p{Nd}]", "").length() >= 4;
            case "number" -> OWN.matcher(Written.of(text).digits()).matches();
            default -> false;
        };
    }

    private static String kind(Figures.Figure figure) {
        return figure.key().substring(0, figure.key().indexOf(':'));
    }

    /**
     * A number as it is written.
     *
     * @param digits before the decimals; a code may begin with zeros
     * @param decimals empty when there are none, or no cents
     */
    private record Written(String digits, String decimals) {

        static Written of(String text) {
            Matcher found = NUMBER.matcher(text);
            if (!found.find()) {
                return new Written("", "");
            }
            String[] groups = NO_CENTS.matcher(found.group()).replaceFirst("").split("\\P{Nd}");
            boolean decimal = groups.length > 1 && groups[groups.length - 1].length() != 3;
            return new Written(String.join("", List.of(groups).subList(0, decimal ? groups.length - 1 : groups.length)), decimal ? groups[groups.length - 1] : "");
        }
    }

    /** Its digits in groups of three or not, or, as in India, the last three and the others by twos. */
    private static String number(Written number) {
        String digits = number.digits();
        String form = grouped(digits, GROUPS, left -> left % 3 == 0);
        String forms = digits.length() < 6 ? form : "(?:" + form + "|" + grouped(digits, ",", left -> left == 3 || left > 3 && left % 2 == 1) + ")";
        return forms + (number.decimals().isEmpty() ? "" : "[.,\u066b]" + anyScript(number.decimals()));
    }

    /** @param isGroup whether so many digits are left where a group ends */
    private static String grouped(String digits, String mark, IntPredicate isGroup) {
        var form = new StringBuilder();
        for (int at = 0; at < digits.length(); at++) {
            form.append(at > 0 && isGroup.test(digits.length() - at) ? mark : "").append(anyScript(digits.substring(at, at + 1)));
        }
        return form.toString();
    }

    /** What is longer than any number of a phone or an order is none, and Postgres would take long to look for it. */
    private static String spread(String letters, String between) {
        return letters.length() > LONGEST ? "" : letters.codePoints().mapToObj(letter -> anyScript(Character.toString(letter))).collect(Collectors.joining(between));
    }

    private static String anyScript(String text) {
        return ASCII_DIGIT.matcher(text).replaceAll(digit -> DIGITS.get(Integer.parseInt(digit.group())));
    }

    private static String literal(String text) {
        return anyScript(text.replaceAll("([^\\p{L}\\p{Nd}\\s])", "\\\\$1").replaceAll("\\s+", BLANKS));
    }

    private static String beginning(String word) {
        return word.substring(0, Math.min(BEGINNING, word.length()));
    }

    /** Within no longer number, word or address. What stands before is read, not looked back at: that Postgres would do at each letter of each message. */
    private static String either(Set<String> forms) {
        Map<Boolean, String> alternatives = forms.stream().limit(MOST)
                .collect(Collectors.partitioningBy(form -> LETTER.matcher(form.replace(BLANKS, "")).find(), Collectors.joining("|")));
        return Stream.of(bordered(alternatives.get(false), "(^|[^" + ANY + MARKS + "]|(?:^|[^" + ANY + "])[" + MARKS + "])(?:%s)(?![" + MARKS + "]?[" + ANY + "])"),
                        bordered(alternatives.get(true), "(^|[^" + ANY + "a-z._%%+-])(?:%s)(?![a-z" + ANY + "]|[.,][" + ANY + "])"))
                .filter(Objects::nonNull)
                .reduce((numbers, words) -> numbers + "|" + words)
                .orElse(null);
    }

    private static String bordered(String forms, String borders) {
        return forms.isEmpty() ? null : borders.formatted(forms);
    }
}
