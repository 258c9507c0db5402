package io.serai.profile;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must not be lost of a text when it is told in short: amounts, quantities, dates, percentages, times, order numbers, email addresses, phone numbers.
 * Each has a key that is the same however it is written: 1 000, 1,000 and 1k are one.
 */
public final class Figures {

    private static final String MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
            + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final String NUMBER = "\\d{1,3}(?:[ ,.'’\\u00a0\\u202f]\\d{3})+(?![\\d])(?:[.,]\\d{1,2}(?!\\d))?|\\d+(?:[.,]\\d+)?";
    private static final String NUMERAL =
            "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
                    + "|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|dozen)";

    /** Bounded, as in RFC 5321, 4.5.3.1, and begun only where a word begins: a long text without one is read once. */
    static final String EMAIL = "(?<![\\w.+-])[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63})+";

    /** In the order in which they are looked for: a date is no number, an order number no quantity. */
    private static final Map<String, Pattern> KINDS = new LinkedHashMap<>();

    static {
        kind("email", EMAIL);
        kind("date", "\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b"
                + "|\\b\\d{1,2}(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?" + MONTH + "\\b|\\b" + MONTH
                + "\\s+\\d{1,2}(?:st|nd|rd|th)?\\b(?!\\s*(?:%|units|pieces))");
        kind("time", "\\b\\d{1,2}:\\d{2}\\b|\\b\\d{1,2}\\s?[ap]\\.?m\\b");
        kind("percent", "(?:" + NUMBER + ")\\s?(?:%|percent\\b|per cent\\b)");
        kind("order", "#\\s?\\d[\\w-]*|\\b(?=[\\w-]{0,20}\\d)[A-Z]{1,6}[-#]?\\d[\\w-]*\\b");
        kind("phone", "\\+\\d[\\d ()/.-]{5,}\\d|\\b0\\d{2,5}[ /-]\\d[\\d /-]{3,}\\d\\b|\\b\\d{7,}\\b");
        kind("number", "(?:" + NUMBER + ")(?:\\s?(?:k|m|thousand|million|billion)\\b)?");
        kind("words", "\\b" + NUMERAL + "(?:[\\s-]+(?:and\\s+)?" + NUMERAL + ")*\\b");
    }

    private Figures() {}

    private static void kind(String name, String pattern) {
        KINDS.put(name, Pattern.compile(pattern, name.equals("order") ? 0 : Pattern.CASE_INSENSITIVE));
    }

    /** The figures of a text: their keys, and how they are written there. */
    public static Map<String, String> of(String text) {
        Map<String, String> figures = new LinkedHashMap<>();
        String rest = text;
        for (var kind : KINDS.entrySet()) {
            Matcher found = kind.getValue().matcher(rest);
            while (found.find()) {
                figures.putIfAbsent(key(kind.getKey(), found.group()), found.group().strip());
            }
            rest = found.replaceAll(hit -> "\u0001".repeat(hit.group().length()));
        }
        return figures;
    }

    /** Whether all figures of a text stand in another one, however they are written there. */
    public static boolean areKept(String text, Set<String> keys) {
        return keys.containsAll(of(text).keySet());
    }

    private static String key(String kind, String text) {
        String plain = text.toLowerCase(Locale.ROOT).strip();
        return switch (kind) {
            case "date" -> "date:" + date(plain);
            case "percent" -> "percent:" + number(plain.replaceAll("\\s?(?:%|per ?cent)$", ""));
            case "phone" -> "phone:" + plain.replaceAll("\\D", "");
            case "number" -> "number:" + amount(plain);
            case "time" -> "time:" + plain.replaceAll("[\\s.]", "");
            case "order" -> "order:" + plain.replaceAll("[\\s#]", "");
            default -> kind + ":" + plain.replaceAll("[\\s-]+", " ");
        };
    }

    /** Day and month: the year is often left out. */
    private static String date(String text) {
        String[] numbers = text.replaceAll("[^\\d]+", " ").strip().split(" ");
        Matcher month = Pattern.compile("[a-z]{3,}").matcher(text.replaceAll("\\bof\\b", ""));
        if (month.find()) {
            return Integer.parseInt(numbers[0]) + "." + (MONTHS.indexOf(month.group().substring(0, 3)) + 1);
        }
        boolean iso = numbers[0].length() == 4;
        return Integer.parseInt(numbers[iso ? 2 : 0]) + "." + Integer.parseInt(numbers[1]);
    }

    private static String amount(String text) {
        Matcher unit = Pattern.compile("\\s?(k|m|thousand|million|billion)$").matcher(text);
        if (!unit.find()) {
            return number(text);
        }
        int zeros = switch (unit.group(1)) {
            case "k", "thousand" -> 3;
            case "billion" -> 9;
            default -> 6;
        };
        return plain(new BigDecimal(number(text.substring(0, unit.start()))).scaleByPowerOfTen(zeros));
    }

    /** A mark before exactly three digits groups thousands; before one or two it begins the decimals. */
    private static String number(String text) {
        String joined = text.replaceAll("[ ,.'’\\u00a0\\u202f](?=\\d{3}(?:\\D|$))", "").replace(',', '.');
        return plain(new BigDecimal(joined));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
