package io.serai.memory;

import io.serai.contact.GuessedTooOften;
import io.serai.contact.Links;
import io.serai.message.Address;
import io.serai.message.Turn;
import org.springframework.stereotype.Component;

/** {@code /link}: tells a code; {@code /link CODE} from another channel proves that both are one person's, who is remembered as one from then on. */
@Component
class LinkChannel implements Command {

    private final Links links;

    LinkChannel(Links links) {
        this.links = links;
    }

    @Override
    public String word() {
        return "link";
    }

    @Override
    public String obey(Turn turn, String argument) {
        Address address = turn.address();
        if (!links.isPersonal(address)) {
            return "I link channels only where I am sure that nobody but you writes and reads: not here.";
        }
        return argument.isBlank() ? tell(address) : take(argument, address);
    }

    private String tell(Address address) {
        return """
                Send this from your other channel within %d minutes:

                `/link %s`

                What I know of you there, I will then know here too, and the other way round. Tell nobody this code, and never send me one that somebody \
                else gave you: they would read what is yours.""".formatted(links.life().toMinutes(), links.invite(address));
    }

    private String take(String code, Address address) {
        try {
            return switch (links.give(code, address)) {
                case LINKED -> "It is you! What I know of you on your other channel, I now know here too, and the other way round.";
                case ONE_ALREADY -> "I know already that it is you. The code is for a channel on which I do not know you yet.";
                case UNKNOWN -> "No such code holds. `/link` on your other channel tells a new one.";
            };
        } catch (GuessedTooOften tired) {
            return tired.getMessage();
        }
    }
}
