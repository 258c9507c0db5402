package io.serai.memory;

import io.serai.message.Reply;
import io.serai.message.Turn;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Does what a command says; no model is asked. */
@Component("obey")
class Obey {

    private static final String AUTHOR = "command";

    private final List<Command> commands;

    Obey(List<Command> commands) {
        this.commands = commands;
    }

    public Reply obey(Turn turn) {
        String[] parts = turn.messages().getFirst().text().strip().split("\\s+", 2);
        String word = parts[0].substring(1);
        String argument = parts.length == 1 ? "" : parts[1];
        String answer = commands.stream()
                .filter(command -> command.word().equals(word) && command.isFor(turn))
                .findFirst()
                .map(command -> command.obey(turn, argument))
                .orElseGet(() -> help(turn, word));
        return Reply.to(turn, answer, AUTHOR);
    }

    private String help(Turn turn, String word) {
        String all = commands.stream()
                .filter(command -> command.isFor(turn))
                .map(Command::help)
                .sorted()
                .map(line -> "- " + line)
                .collect(Collectors.joining("\n"));
        return word.equals("help") ? all : "There is no command `/" + word + "`. What there is:\n\n" + all;
    }
}
