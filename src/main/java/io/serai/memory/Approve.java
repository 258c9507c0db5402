package io.serai.memory;

import io.serai.contact.GuessedTooOften;
import io.serai.contact.Pairings;
import io.serai.contact.Strangers;
import io.serai.contact.Strangers.Stranger;
import io.serai.message.Address;
import io.serai.message.Standing;
import io.serai.message.Turn;
import org.springframework.stereotype.Component;

/** {@code /approve ...}: an operator lets a stranger in. For everybody else there is no such command. */
@Component
class Approve implements Command {

    private final Strangers strangers;
    private final Pairings pairings;

    Approve(Strangers strangers, Pairings pairings) {
        this.strangers = strangers;
        this.pairings = pairings;
    }

    @Override
    public String word() {
        return "approve";
    }

    @Override
    public boolean isFor(Turn turn) {
        return strangers.isOperator(turn.address());
    }

    @Override
    public String obey(Turn turn, String argument) {
        Address operator = turn.address();
        try {
            return pairings.find(argument)
                    .flatMap(address -> strangers.decide(address, Standing.ADMITTED, operator.channel() + ":" + operator.handle()))
                    .map(Approve::tell)
                    .orElse("No such code holds.");
        } catch (GuessedTooOften tired) {
            return tired.getMessage();
        }
    }

    private static String tell(Stranger stranger) {
        String name = stranger.name() == null ? "somebody" : stranger.name();
        return "Let in: %s, `%s` on %s. Waiting for an answer: %d.".formatted(name, stranger.handle(), stranger.channel(), stranger.messages());
    }
}
