package io.serai.memory;

import io.serai.message.Call;
import io.serai.message.Hanging;
import io.serai.message.Role;
import io.serai.think.Tokens;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The tool {@code recall}: the search over everything that was ever said with whoever is being answered, within reach, for a model that asks for it. */
@Component("recollect")
class Recollect {

    private static final int MOST = 10;
    private static final int TOKENS = 1_200;

    /** As the layers of a prompt tell it. */
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Search search;

    Recollect(Search search) {
        this.search = search;
    }

    /** @return a line for each turn that was found, best first */
    public String recollect(Call call) {
        ZoneId zone = call.turn().contact().zone();
        List<Found> found = search.search(call.turn().contact(), call.turn().conversation(), String.valueOf(call.arguments().get("query")), MOST);
        return found.isEmpty() ? "Nothing was said about that." : told(found, zone);
    }

    /** Where not all of it fits, the longest are shortened around what was asked for. */
    static String told(List<Found> found, ZoneId zone) {
        int most = Share.of(TOKENS, found.stream().map(turn -> Tokens.in(turn.text())).toList());
        return found.stream().map(turn -> line(turn, most, zone)).collect(Collectors.joining("\n"));
    }

    private static String line(Found turn, int tokens, ZoneId zone) {
        String who = turn.role() == Role.USER ? "customer" : turn.role() == Role.ASSISTANT ? "us" : "hub";
        String text = Shorten.to(tokens, turn.text(), turn.words());
        return "- [%s, %s] %s".formatted(STAMP.format(turn.at().atZone(zone)), who, Hanging.of(text));
    }
}
