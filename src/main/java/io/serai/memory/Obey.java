package io.serai.memory;

import io.serai.message.Reply;
import io.serai.message.Turn;
import java.util.List;
import org.springframework.stereotype.Component;

/** Does what a command says; no model is asked. */
@Component("obey")
class Obey {

    private static final String AUTHOR = "command";

    private final List<Command> commands;
    private final Orders orders;

    Obey(List<Command> commands, Orders orders) {
        this.commands = commands;
        this.orders = orders;
    }

    public Reply obey(Turn turn) {
        String[] parts = turn.messages().getFirst().text().strip().split("\\s+", 2);
        String word = orders.command(parts[0].substring(1));
        String argument = parts.length == 1 ? "" : parts[1].strip();
        String answer = commands.stream()
                .filter(command -> command.word().equals(word) && command.isFor(turn))
                .findFirst()
                .map(command -> command.obey(turn, argument))
                .orElseGet(() -> help(turn, word));
        return Reply.to(turn, answer, AUTHOR);
    }

    private String help(Turn turn, String word) {
        List<String> hidden = commands.stream().filter(command -> !command.isFor(turn)).map(Command::word).toList();
        String all = orders.help(hidden);
        return word.equals("help") ? all : "There is no command `/" + word + "`. What there is:\n\n" + all;
    }
}
