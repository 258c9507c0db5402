package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.message.Inbound;
import io.serai.message.Layer;
import io.serai.message.Line;
import io.serai.message.Message;
import io.serai.message.Prompt;
import io.serai.message.Receipt;
import io.serai.message.Role;
import io.serai.message.Turn;
import io.serai.town.Town;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A layer of one's own may call what it tells as it likes. */
@Tag("database")
@ResourceLock(Town.SHARED)
class ForeignSourcesTest {

    private final Town town = Town.shared();

    @Test
    void keepNoTurnFromBeingAnswered() {
        town.model().says("Well.");
        String mark = UUID.randomUUID().toString();
        Receipt said = town.receives(Inbound.of("webhook", "", mark, mark, "Hello", town.clock().instant()));
        town.answer(said);
        var turn = new Turn(said.contact(), said.conversation(), said.address(),
                List.of(new Message(said.messageId(), Role.USER, "Hello", List.of(), town.clock().instant())), null);
        List<Line> orders = List.of(line("message:A-4711"), line("message:"), line("message:99999999999999999999"));
        var prompt = new Prompt(turn, "We", "Now", 1_000, List.of(new Layer("message", "Orders", Layer.Place.TURN, false, 100, orders, 10, List.of())));
        Layers layers = town.bean(Layers.class);

        assertThat(layers.lay(prompt, layers.file("recall"), 100).lines()).isEmpty();
    }

    private static Line line(String source) {
        return new Line(source, null, null, "Paid");
    }
}
