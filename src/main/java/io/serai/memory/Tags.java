package io.serai.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What kind of turn it is, by rules: what a search may weigh and a person may look for. */
final class Tags {

    private static final List<String> OF_PHRASES = List.of("quote", "objection", "commitment");
    private static final Pattern NUMBER = Pattern.compile("\\p{N}");

    /** What is shown along with a text, as {@code [attached: plan.pdf]}, is no part of what is said. */
    private static final Pattern SHOWN = Pattern.compile("(?<!\\s)\\s*+\\[[^\\[\\]]*+]\\s*+$");

    /** A turn that ends by asking; one that asks and then goes on has told something. */
    private static final Pattern ASKS = Pattern.compile("[?？؟][\\s\\p{Pe}\\p{Pf}\"'*_\\p{So}]*$");

    private Tags() {}

    /** @param phrases the files of {@code memory/phrases} by name */
    static List<String> of(String told, Function<String, Phrases> phrases) {
        String text = SHOWN.matcher(told).replaceFirst("");
        List<String> tags = new ArrayList<>(OF_PHRASES.stream().filter(tag -> phrases.apply(tag).in(text)).toList());
        boolean number = NUMBER.matcher(text).find();
        if (number) {
            tags.add("number");
        }
        if (number || phrases.apply("time").in(text)) {
            tags.add("time");
        }
        if (ASKS.matcher(text).find()) {
            tags.add("question");
        }
        return tags;
    }
}
