package io.serai.route;

import io.serai.memory.LayerRehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Layers can be asked, prompts have no holes that nobody fills. */
final class Memory {

    /** No stage fills anything into a prompt: what is known stands beside it, in layers. */
    private static final Pattern HOLE = Pattern.compile("\\{\\{[^{}\\n]*}}|\\$\\{[^{}\\n]*}");

    private final LayerRehearsal layers;

    Memory(LayerRehearsal layers) {
        this.layers = layers;
    }

    void judge(FileSet files, FileSet known, Consumer<Fault> faults) {
        files.texts().forEach((file, text) -> {
            if (text.isBlank() || text.startsWith("\uFEFF") || text.contains("\r\n") || text.equals(known.texts().get(file))) {
                return;
            }
            if (file.startsWith("memory/layers/")) {
                layer(file, text, faults);
            } else if (file.startsWith("memory/prompts/")) {
                prompt(file, text, faults);
            }
        });
    }

    private void layer(String file, String text, Consumer<Fault> faults) {
        String name = file.substring("memory/layers/".length(), file.length() - ".sql".length());
        layers.rehearse(name, text).ifPresent(flaw -> {
            List<String> parameters = new ArrayList<>();
            LayerRehearsal.parameters().forEach(parameters::add);
            faults.accept(Fault.at(file, flaw.line(), flaw.what(), flaw.parameter() == null ? null : Nearest.hint(flaw.parameter(), parameters)));
        });
    }

    private static void prompt(String file, String text, Consumer<Fault> faults) {
        Matcher hole = HOLE.matcher(text);
        while (hole.find()) {
            String before = text.substring(0, hole.start());
            int line = (int) before.chars().filter(letter -> letter == '\n').count() + 1;
            faults.accept(new Fault(file, line, hole.start() - before.lastIndexOf('\n'), false,
                    "nothing fills " + hole.group(), "what is known of a contact comes by layers (routes/enrich.yaml)"));
        }
    }
}
