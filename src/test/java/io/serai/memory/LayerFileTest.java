package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.message.Layer;
import io.serai.message.Refused;
import org.junit.jupiter.api.Test;

class LayerFileTest {

    @Test
    void readsHeadingAndPlaceFromItsComments() {
        var file = LayerFile.read("orders", """
                -- heading: Open orders
                -- place: prefix
                select 'order:' || id as source, null as role, placed_at as at, text from orders where contact_id = :contact
                """);
        assertThat(file.heading()).isEqualTo("Open orders");
        assertThat(file.place()).isEqualTo(Layer.Place.PREFIX);
        assertThat(file.embeds()).isFalse();
    }

    @Test
    void refusesAQueryThatCouldTellOneContactWhatAnotherSaid() {
        assertThatThrownBy(() -> LayerFile.read("leak", """
                -- heading: Everything -- of :contact only in a comment
                -- place: turn
                select * from message
                """))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("memory/layers/leak.sql")
                .hasMessageContaining("where contact_id = :contact");
    }

    @Test
    void isToldInAnIsolatedConversationOnlyIfItSaysSoAndKeepsToIt() {
        String file = "-- heading: x\n-- place: turn\n%s\nselect id from note where contact_id = :contact";
        assertThat(LayerFile.read("x", file.formatted("")).isolated()).isFalse();
        assertThat(LayerFile.read("x", file.formatted("-- isolated: told") + " and conversation_id = :conversation").isolated()).isTrue();
        assertThat(LayerFile.read("x", file.formatted("-- database: shop\n-- isolated: told")).isolated()).isTrue();
        assertThatThrownBy(() -> LayerFile.read("x", file.formatted("-- isolated: told"))).isInstanceOf(Refused.class).hasMessageContaining(":reach or :conversation");
    }

    @Test
    void saysWhichLineIsMissing() {
        assertThatThrownBy(() -> LayerFile.read("bare", "select :contact")).hasMessageContaining("-- heading:");
    }

    @Test
    void saysWhichPlacesThereAre() {
        assertThatThrownBy(() -> LayerFile.read("lost", "-- heading: x\n-- place: nowhere\nselect :contact")).hasMessageContaining("prefix, talk, turn");
    }
}
