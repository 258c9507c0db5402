package io.serai.route;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Routes read and write files in folders of their own below {@code data/}, and nowhere else: beside them lies the database of the hub, and its password. */
final class DataFiles {

    private static final String WHERE = "only below data/, in a folder of your own such as file:data/orders; else serai.routes.dangerously-allow: file";

    /** The files and folders of the hub begin with it: {@code postgres}, {@code postgres.password}, {@code postgres-bin-...}. */
    private static final String HUBS = "postgres";

    /** Options that name a file or a folder. */
    private static final Set<String> PATHS = Set.of("fileName", "tempFileName", "tempPrefix", "doneFileName", "move", "moveFailed", "moveExisting", "preMove",
            "localWorkDirectory");

    /** Camel sees to it that this one stays in the folder, whatever a message says. */
    private static final String KEPT_IN = "fileName";

    /** These have an address that is known when the file is saved; into that of others a message may write further options. */
    private static final Set<String> FIXED = Set.of("from", "to");

    private DataFiles() {}

    static void judge(Use use, Consumer<Fault> faults) {
        if (!isOwn(use.path())) {
            faults.accept(Fault.at(use.place(), "the component 'file' is not allowed here", WHERE));
        }
        boolean fixed = FIXED.contains(use.step());
        use.parameters().forEach((name, value) -> {
            String text = value.isText() ? value.text().strip() : "";
            boolean names = PATHS.contains(name);
            boolean byMessage = fixed ? names && !name.equals(KEPT_IN) && isTold(text) : !Functions.in(text).isEmpty();
            if (name.equals("jailStartingDirectory") && !text.equals("true")) {
                faults.accept(Fault.at(value, "'jailStartingDirectory' keeps files in their folder", WHERE));
            } else if (names && leadsOut(text) || byMessage) {
                faults.accept(Fault.at(value, "'%s' may lead out of the folder".formatted(name),
                        "a name, or a folder within it, of ${file:...} and ${date:...} only; else serai.routes.dangerously-allow: file"));
            }
        });
    }

    /** Camel decodes what is written with %. */
    private static boolean isOwn(String path) {
        List<String> names = Arrays.stream(path.split("/")).filter(name -> !name.isEmpty() && !name.equals(".")).toList();
        return !path.startsWith("/") && !path.matches("(?s).*(\\.\\.|\\$|\\{\\{|%|\\\\|\\(|\\x00).*") && names.size() > 1 && names.getFirst().equals("data")
                && !names.get(1).toLowerCase(Locale.ROOT).startsWith(HUBS);
    }

    private static boolean leadsOut(String text) {
        return text.matches("(?s)(/|RAW[({]).*|.*(\\.\\.|%|\\\\).*");
    }

    /** Whether it is only known when the route is built, or when a message comes. */
    private static boolean isTold(String text) {
        return text.contains("{{") || Functions.in(text).stream().anyMatch(function -> !function.strip().matches("(?s)(file:(?!absolute)|date:)[^{}]*"));
    }
}
