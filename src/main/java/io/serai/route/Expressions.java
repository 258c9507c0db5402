package io.serai.route;

import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.spi.Language;

/** Expressions in {@code simple} can be read. */
final class Expressions {

    private static final Set<String> PREDICATES = Set.of("when", "filter", "validate", "onWhen", "handled", "continued", "retryWhile",
            "completionPredicate", "loopDoWhile");
    private static final Set<String> ADDRESSES = Set.of("toD", "wireTap");

    private Language simple;

    void judge(Draft draft, Consumer<Fault> faults) {
        draft.documents().values().forEach(document -> walk(document, false, faults));
    }

    private void walk(Item item, boolean predicate, Consumer<Fault> faults) {
        item.children().forEach((key, value) -> {
            boolean asPredicate = PREDICATES.contains(key) || predicate && (key.equals("expression") || key.equals("simple"));
            if (key.equals("simple")) {
                Item text = value.isText() ? value : value.get("expression");
                expression(text, asPredicate, faults);
            } else if (key.equals("log")) {
                expression(value.isText() ? value : value.get("message"), false, faults);
            } else if (ADDRESSES.contains(key)) {
                expression(value.isText() ? value : value.get("uri"), false, faults);
            }
            if (key.equals("method") && value.isText() && value.text().contains("(")) {
                expression(value, false, faults); // Camel reads the arguments one by one, when a message comes
            }
            walk(value, asPredicate, faults);
        });
        item.items().forEach(each -> walk(each, predicate, faults));
    }

    private void expression(Item place, boolean predicate, Consumer<Fault> faults) {
        if (!place.isText()) {
            return;
        }
        String text = place.text().replaceAll("\\{\\{[^{}]*}}", "1");
        try {
            if (predicate) {
                language().createPredicate(text);
            } else {
                language().createExpression(text);
            }
        } catch (RuntimeCamelException wrong) {
            Throwable cause = wrong;
            while (!(cause instanceof SimpleIllegalSyntaxException) && cause.getCause() != null) {
                cause = cause.getCause();
            }
            String what = String.valueOf(cause.getMessage()).lines().findFirst().orElse("").replaceFirst(" at location -?[0-9]+.*", "");
            faults.accept(Fault.at(place, "not to be understood: " + what,
                    "write it as '${body.name} == \"x\"'; ${body}, ${body.name}, ${exchangeId}"));
        }
    }

    private synchronized Language language() {
        if (simple == null) {
            CamelContext context = new DefaultCamelContext(false);
            simple = context.resolveLanguage("simple");
        }
        return simple;
    }
}
