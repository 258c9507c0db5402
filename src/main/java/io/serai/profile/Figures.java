package io.serai.profile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What must not be lost of a text when it is told in short: amounts, quantities, dates, percentages, times, order numbers, email addresses, phone numbers.
 * Each has a key that is the same however it is written: 1 000, 1,000 and 1k are one; 200, $200 and 200 days are three. Digits may be of any script.
 */
public final class Figures {

    /**
     * A figure where it stands in a text.
     *
     * @param from its first character
     * @param to the one after its last
     */
    public record Figure(String key, int from, int to) {}

    private static final String MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
            + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** As in India: 1,50,000 is 150 000. */
    private static final String LAKHS = "\\d{1,2}(?:,\\d{2}){1,12},\\d{3}(?!,?\\d)(?:\\.\\d{1,2}(?!\\d))?";

    /** Read from its first digit on, and bounded: a run of digits that has no end is no figure, and is read once. */
    private static final String NUMBER = "(?<!\\d)(?:" + LAKHS
            + "|\\d{1,3}(?:[ ,.'’\\u00a0\\u202f]\\d{3}){1,12}(?!\\d)(?:[.,]\\d{1,2}(?!\\d))?|\\d{1,40}+(?!\\d)(?:[.,]\\d{1,40}+(?!\\d))?)";
    private static final String NUMERAL =
            "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
                    + "|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|dozen)";

    /** By the zeros they stand for: what is the same in all languages that have the word, and {@code billion} as in English. */
    private static final Map<Integer, String> SCALES = Map.of(
            3, "k|thousands?",
            4, "[万萬]",
            5, "lakhs?",
            6, "m|millions?|millionen|mill[oó]n|millones|mio\\.?",
            7, "crores?",
            8, "[亿億]",
            9, "billions?|milliards?|milliarden?|mrd\\.?");
    private static final String SCALED = "(?:(?:" + SCALES.values().stream().filter(scale -> !scale.startsWith("[")).collect(Collectors.joining("|"))
            + ")(?!\\p{L})|[万萬亿億])";
    private static final String SCALE = "(?:\\s?" + SCALED + ")?";
    private static final Pattern AMOUNT = Pattern.compile("(" + NUMBER + ")(?:\\s?(" + SCALED + "))?");

    /** Bounded, as in RFC 5321, 4.5.3.1, and begun only where a word begins: a long text without one is read once. */
    static final String EMAIL = "(?<![\\w.+-])[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,20}";

    private static final String NO_PIECES = "(?!\\s*(?:%|units|pieces))";
    private static final String YEAR = "(?:,?\\s+(?:19|20)\\d{2}\\b" + NO_PIECES + ")?";

    /** In the order in which they are looked for: a date is no number, an order number no quantity. */
    private static final Map<String, Pattern> KINDS = new LinkedHashMap<>();

    static {
        kind("email", EMAIL);
        kind("date", "\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b"
                + "|\\b\\d{1,2}(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?" + MONTH + "\\b" + YEAR + "|\\b" + MONTH
                + "\\s+\\d{1,2}(?:st|nd|rd|th)?\\b" + NO_PIECES + YEAR);
        kind("time", "\\b\\d{1,2}(?:[:.]\\d{2})?\\s?[ap]\\.?m\\b|\\b\\d{1,2}:\\d{2}\\b");
        kind("percent", "(?:" + NUMBER + ")\\s?(?:%|percent\\b|per cent\\b)");
        kind("order", "#\\s?\\d[\\w-]*|\\b(?!(?i:" + Measure.CODE + ")\\d)(?=[\\w-]{0,20}\\d)[A-Z]{1,6}[-#]?\\d[\\w-]*\\b");
        kind("phone", "\\+\\d[\\d ()/.-]{5,}\\d|\\b0\\d{2,5}[ /-]\\d[\\d /-]{3,}\\d\\b|\\b\\d{7,}\\b");
        kind("number", "(?:" + Measure.SYMBOL + "|\\b(?:" + Measure.CODE + "))\\s?(?:" + NUMBER + ")" + SCALE
                + "|(?:" + NUMBER + ")" + SCALE + "(?:\\s?" + Measure.SYMBOL + "(?!\\s?\\d)|[\\s-]?(?!" + Measure.SYMBOL + ")(?:" + Measure.ANY + ")(?!\\p{L}))?");
        kind("words", "\\b" + NUMERAL + "(?:[\\s-]+(?:and\\s+)?" + NUMERAL + "){0,20}\\b");
    }

    private Figures() {}

    private static void kind(String name, String pattern) {
        KINDS.put(name, Pattern.compile(pattern, name.equals("order") ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    /** The figures of a text, each wherever it stands. */
    public static List<Figure> in(String text) {
        List<Figure> figures = new ArrayList<>();
        String rest = Marks.few(western(text));
        for (var kind : KINDS.entrySet()) {
            rest = kind.getValue().matcher(rest).replaceAll(found -> {
                figures.add(new Figure(key(kind.getKey(), found.group()), found.start(), found.end()));
                return "\u0001".repeat(found.group().length());
            });
        }
        return figures;
    }

    /** The keys of the figures of a text. */
    public static Set<String> of(String text) {
        return in(text).stream().map(Figure::key).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The keys of what a text tells: who names the year of a day has named the day, and who tells whether it is morning, the time. */
    public static Set<String> toldBy(String text) {
        Set<String> told = of(text);
        List.copyOf(told).stream().filter(key -> key.matches("(?:date|time):.*")).map(Figures::bare).forEach(told::add);
        return told;
    }

    /** Whether all of what is claimed was said; that one side leaves out the currency, the unit, the year or the half of the day is no contradiction. */
    static boolean areSaid(Set<String> claimed, Set<String> said) {
        return claimed.stream().allMatch(key -> said.contains(key) || said.contains(bare(key))
                || key.equals(bare(key)) && said.stream().map(Figures::bare).anyMatch(key::equals));
    }

    private static String bare(String key) {
        return key.matches("(?:number|date|time):.*") ? key.replaceFirst(" .*", "") : key;
    }

    /** The same, character by character, with the digits and marks of ASCII. */
    static String western(String text) {
        char[] letters = text.toCharArray();
        for (int at = 0; at < letters.length; at++) {
            char letter = letters[at];
            letters[at] = letter < 128 ? letter : switch (letter) {
                case '\u066a' -> '%';
                case '\u066b' -> '.';
                case '\u066c' -> ',';
                case '\u3000' -> ' ';
                default -> Character.isDigit(letter) ? Character.forDigit(Character.digit(letter, 10), 10)
                        : letter >= '\uff01' && letter <= '\uff5e' ? (char) (letter - 0xfee0) : letter;
            };
        }
        return new String(letters);
    }

    private static String key(String kind, String text) {
        String plain = text.toLowerCase(Locale.ROOT).strip();
        return switch (kind) {
            case "date" -> "date:" + date(plain);
            case "percent" -> "percent:" + number(plain.replaceAll("\\s?(?:%|per ?cent)$", ""));
            case "phone" -> "phone:" + plain.replaceAll("\\D", "");
            case "number" -> "number:" + amount(plain);
            case "time" -> "time:" + time(plain);
            case "order" -> "order:" + plain.replaceAll("[\\s#]", "");
            default -> kind + ":" + plain.replaceAll("[\\s-]+", " ");
        };
    }

    /** Day and month, and the year where there is one. */
    private static String date(String text) {
        String[] numbers = text.replaceAll("[^\\d]+", " ").strip().split(" ");
        Matcher month = Pattern.compile("[a-z]{3,}").matcher(text.replaceAll("\\bof\\b", ""));
        if (month.find()) {
            return day(numbers[0], MONTHS.indexOf(month.group().substring(0, 3)) + 1) + (numbers.length > 1 ? " " + numbers[1] : "");
        }
        boolean iso = numbers[0].length() == 4;
        String year = numbers[iso ? 0 : 2];
        return day(numbers[iso ? 2 : 0], Integer.parseInt(numbers[1])) + " " + (year.length() == 2 ? "20" + year : year);
    }

    /** Hour and minute, and the half of the day where it is told. */
    private static String time(String text) {
        String[] numbers = text.split("\\D+");
        Matcher half = Pattern.compile("[ap]").matcher(text);
        return numbers[0] + ":" + (numbers.length > 1 ? numbers[1] : "00") + (half.find() ? " " + half.group() + "m" : "");
    }

    private static String day(String day, int month) {
        return Integer.parseInt(day) + "." + month;
    }

    private static String amount(String text) {
        Matcher found = AMOUNT.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no figure in a figure");
        }
        int zeros = found.group(2) == null ? 0
                : SCALES.entrySet().stream().filter(scale -> found.group(2).matches(scale.getValue())).findFirst().orElseThrow().getKey();
        String rest = text.substring(0, found.start()) + text.substring(found.end());
        return plain(new BigDecimal(number(found.group(1))).scaleByPowerOfTen(zeros)) + Measure.in(rest).map(" "::concat).orElse("");
    }

    /** A mark before exactly three digits groups thousands; before one or two it begins the decimals. */
    private static String number(String text) {
        String joined = text.replaceAll(",(?=(?:\\d{2},){1,12}\\d{3}(?!\\d))", "").replaceAll("[ ,.'’\\u00a0\\u202f](?=\\d{3}(?:\\D|$))", "").replace(',', '.');
        return plain(new BigDecimal(joined));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
