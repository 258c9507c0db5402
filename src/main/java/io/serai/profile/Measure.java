package io.serai.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an amount is of: money, time, weight, length. Pieces have no measure: units, pumps and boxes may be the same things. */
final class Measure {

    /** Stands before an amount or behind it. */
    static final String CODE = "usd|eur|gbp|chf|jpy|cny|rmb|rub|inr";
    static final String SYMBOL = "[$€£¥₽₹]";

    /** Any of them, as it stands behind an amount. */
    static final String ANY;

    private static final Map<String, String> WRITTEN = new LinkedHashMap<>();
    private static final Map<String, Pattern> KNOWN = new LinkedHashMap<>();

    static {
        WRITTEN.put("usd", "\\$|usd|dollars?");
        WRITTEN.put("eur", "€|eur|euros?");
        WRITTEN.put("gbp", "£|gbp|pounds?");
        WRITTEN.put("chf", "chf|francs?|franken");
        WRITTEN.put("jpy", "¥|jpy|yen|円");
        WRITTEN.put("cny", "cny|rmb|yuan|元");
        WRITTEN.put("rub", "₽|rub|руб\\p{L}*");
        WRITTEN.put("inr", "₹|inr|rupees?");
        WRITTEN.put("minute", "minute[sn]?|mins?");
        WRITTEN.put("hour", "hours?|hrs?|stunden?");
        WRITTEN.put("day", "(?:business |working )?days?|tag(?:en?)?");
        WRITTEN.put("week", "weeks?|wochen?");
        WRITTEN.put("month", "months?|monat(?:en?)?");
        WRITTEN.put("year", "years?|jahr(?:en?)?");
        WRITTEN.put("kg", "kg|kilos?|kilograms?");
        WRITTEN.put("ton", "tons?|tonnes?|tonnen");
        WRITTEN.put("mm", "mm");
        WRITTEN.put("cm", "cm");
        WRITTEN.put("metre", "met(?:re|er)s?");
        WRITTEN.put("km", "km");
        WRITTEN.put("litre", "lit(?:re|er)s?");
        WRITTEN.forEach((name, written) -> KNOWN.put(name, Pattern.compile("(?<!\\p{L})(?:" + written + ")(?!\\p{L})", Pattern.CASE_INSENSITIVE)));
        ANY = String.join("|", WRITTEN.values());
    }

    private Measure() {}

    /** The measure in what stands around the digits of an amount. */
    static Optional<String> in(String text) {
        return KNOWN.entrySet().stream().filter(known -> known.getValue().matcher(text).find()).map(Map.Entry::getKey).findFirst();
    }
}
