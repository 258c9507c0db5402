package io.serai.memory;

import io.serai.profile.Figures;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What gives a text away in others that repeat it: its figures, codes and addresses, however their digits are grouped. As regular expressions of Postgres, where
 * capitals make no difference; their first group is the character before.
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

    /** A year, and what is round. */
    private static final Pattern COMMON = Pattern.compile("(?:19|20)\\d\\d|.*00");

    private static final String GROUPS = "[ ,.'’\u00a0\u202f]?";

    static Telltale of(String text) {
        String read = text.substring(0, Math.min(text.length(), READ));
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

    private static String without(Pattern pattern, String text, Set<String> found) {
        return pattern.matcher(text).replaceAll(match -> {
            found.add(literal(match.group()));
            return " ".repeat(match.group().length());
        });
    }

    private static String form(Figures.Figure figure, String text) {
        return switch (kind(figure)) {
            case "words" -> "";
            case "number" -> number(text);
            case "phone" -> spread(text.replaceAll("\\P{Nd}", ""), "[ ()./-]{0,3}");
            case "order" -> spread(text.replaceAll("[^\\p{L}\\p{Nd}]", ""), "[ -]?");
            default -> literal(text);
        };
    }

    private static boolean isOwn(Figures.Figure figure, String text) {
        return switch (kind(figure)) {
            case "email", "phone" -> true;
            case "order" -> text.replaceAll("[^\\p{L}\\p{Nd}]", "").length() >= 4;
            case "number" -> NUMBER.matcher(text).results().findFirst().filter(found -> digits(found.group()) >= 3 && !COMMON.matcher(found.group()).matches()).isPresent();
            default -> false;
        };
    }

    private static long digits(String text) {
        return text.codePoints().filter(Character::isDigit).count();
    }

    private static String kind(Figures.Figure figure) {
        return figure.key().substring(0, figure.key().indexOf(':'));
    }

    /** Its digits in groups of three or not, as they are written: a code may begin with zeros. */
    private static String number(String text) {
        Matcher found = NUMBER.matcher(text);
        if (!found.find()) {
            return "";
        }
        String[] groups = found.group().split("\\P{Nd}");
        boolean decimal = groups.length > 1 && groups[groups.length - 1].length() != 3;
        String digits = String.join("", List.of(groups).subList(0, decimal ? groups.length - 1 : groups.length));
        var form = new StringBuilder();
        for (int at = 0; at < digits.length(); at++) {
            form.append(at > 0 && (digits.length() - at) % 3 == 0 ? GROUPS : "").append(digits.charAt(at));
        }
        return form + (decimal ? "[.,]" + groups[groups.length - 1] : "");
    }

    /** What is longer than any number of a phone or an order is none, and Postgres would take long to look for it. */
    private static String spread(String letters, String between) {
        return letters.length() > LONGEST ? "" : String.join(between, letters.split(""));
    }

    private static String literal(String text) {
        return text.replaceAll("([^\\p{L}\\p{Nd}\\s])", "\\\\$1").replaceAll("\\s+", "[[:space:]]*");
    }

    private static String beginning(String word) {
        return word.substring(0, Math.min(BEGINNING, word.length()));
    }

    /** Within no longer number. What stands before is read, not looked back at: that Postgres would do at each letter of each message. */
    private static String either(Set<String> forms) {
        return forms.isEmpty() ? null : "(^|[^0-9.,]|(?:^|[^0-9])[.,])(?:%s)(?![.,]?[0-9])"
                .formatted(forms.stream().limit(MOST).collect(Collectors.joining("|")));
    }
}
