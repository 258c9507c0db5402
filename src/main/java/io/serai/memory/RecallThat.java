package io.serai.memory;

import io.serai.message.Layer;
import io.serai.message.Message;
import io.serai.message.Prompt;
import io.serai.message.Role;
import io.serai.message.Turn;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** {@code /recall ...}: what was said about something, by the same search that tells the model. */
@Component
class RecallThat implements Command {

    private static final int TOKENS = 1_500;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private final Layers layers;

    RecallThat(Layers layers) {
        this.layers = layers;
    }

    @Override
    public String word() {
        return "recall";
    }

    @Override
    public boolean isFor(Turn turn) {
        return true;
    }

    @Override
    public String obey(Turn turn, String argument) {
        if (argument.isBlank()) {
            return "What shall I look for? Write it behind the command: `/recall the price of the blue pump`.";
        }
        Message last = turn.messages().getLast();
        var asked = new Message(last.id(), last.role(), argument, List.of(), last.saidAt());
        Layer found = layers.lay(new Prompt(turn.with(List.of(asked)), "", "", TOKENS, List.of()), layers.file("recall"), TOKENS);
        String lines = found.lines().stream()
                .map(line -> "- %s, %s: %s".formatted(DAY.format(line.at().atZone(turn.contact().zone())), line.role() == Role.USER ? "you" : "we",
                        line.text().replaceAll("\\s+", " ")))
                .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? "I find nothing about that." : lines;
    }
}
