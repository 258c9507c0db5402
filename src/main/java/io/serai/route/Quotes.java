package io.serai.route;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a Kamelet is handed it may write into a call, as {@code ask(*, '{{prompt}}')}: a quote in it would end those around it, and Camel finds out
 * only when a message comes.
 */
final class Quotes {

    private Quotes() {}

    /** @param value what stands for the parameter, or nothing */
    static void judge(Draft.Kamelet kamelet, String parameter, Item value, Consumer<Fault> faults) {
        if (!value.isText()) {
            return;
        }
        Set<String> ended = around(kamelet.item(), parameter).stream().filter(value.text()::contains).collect(Collectors.toCollection(TreeSet::new));
        if (!ended.isEmpty()) {
            faults.accept(Fault.at(value, "'%s' of Kamelet '%s' stands between quotes there, and %s in it would end them".formatted(
                    parameter, kamelet.name(), String.join(" and ", ended)),
                    "write it without, in a URL %27; a Kamelet of your own takes any text by a variable, as processors/fill.kamelet.yaml does"));
        }
    }

    /** The quotes between which a parameter stands in the calls of a Kamelet. */
    private static Set<String> around(Item kamelet, String parameter) {
        Set<String> quotes = new TreeSet<>();
        kamelet.visit(item -> item.children().forEach((key, value) -> {
            if (value.isText() && (key.equals("method") || value.text().startsWith("bean:"))) {
                Placeholders.in(value.text())
                        .filter(hole -> Placeholders.name(hole).equals(parameter))
                        .map(hole -> open(value.text().substring(0, hole.start())))
                        .filter(quote -> !quote.isEmpty())
                        .forEach(quotes::add);
            }
        }));
        return quotes;
    }

    /** The quote that a text leaves open, or nothing. */
    private static String open(String text) {
        String open = "";
        for (String letter : text.split("")) {
            if (open.isEmpty() && (letter.equals("'") || letter.equals("\""))) {
                open = letter;
            } else if (letter.equals(open)) {
                open = "";
            }
        }
        return open;
    }
}
