package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.message.Layer;
import io.serai.message.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {
            "select ''; select 1 where :contact = 0",
            "select '' where :contact = 0;;",
            "select '' where :contact = 0; -- the end",
            "select '\\'; select ' where :contact = 0",
            "select E'\\\\'; select ' where :contact = 0",
            "select U&'\\'; select ' where :contact = 0",
            "select notE'\\'; select ' where :contact = 0",
            "select E'''\\''; select ' where :contact = 0",
            "select E'a' -- and on\n '\\''; select '\\'' where :contact = 0",
            "select $a$ $b$ $a$; select $a$ where :contact = 0 $a$",
            "select a$b$; select $b$ where :contact = 0 $b$",
            "/* a /* b */ */ select ''; select '' where :contact = 0 /* */",
            "select '' where :contact = 0 /*/ ' */ ; select '' /* ' */",
            "select '' -- '\n; select '' where :contact = 0 -- '",
            "select '' as \"a\"\"\"; select '\"' where :contact = 0",
    })
    void refusesWhatIsMoreThanOneQuery(String query) {
        assertThatThrownBy(() -> LayerFile.read("own", layer(query))).isInstanceOf(Refused.class).hasMessageContaining("a layer is one query");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '"', value = {
            "select '' where :contact = 0) as a; commit; select (1 # line 3: this ')' has no '('",
            "select '' where :contact = 0) as a where exists (select 1 # line 3: this ')' has no '('",
            "select ')' where :contact = 0) as a -- ( # line 3: this ')' has no '('",
            "select (select ')' where :contact = 0 # line 3: a ')' is missing",
            "select '' where :contact = 0 and text = 'x # line 3: what begins here has no end",
            "select E'x\\' where :contact = 0 # line 3: what begins here has no end",
            "select '' where :contact = 0 /* /* */ # line 3: what begins here has no end",
            "select '' where :contact = 0 and $a$ x $A$ # line 3: what begins here has no end",
            "select {fn left(text, 1)} where :contact = 0 # line 3: '{' is no SQL outside of a literal",
            "select :{a'} where :contact = 0 # line 3: '{' is no SQL outside of a literal",
            "select \\ where :contact = 0 # line 3: '\\' is no SQL outside of a literal",
            "select $1$ ; select $1$ where :contact = 0 # line 3: '$' is no SQL outside of a literal",
            "select $:said ' $:said ' where :contact = 0 # line 3: '$' is no SQL outside of a literal",
    })
    void refusesWhatReachesOutOfItsParentheses(String query, String told) {
        assertThatThrownBy(() -> LayerFile.read("own", layer(query))).isInstanceOf(Refused.class).hasMessage("memory/layers/own.sql, " + told);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "select 'a;b' where :contact = 0",
            "select 'it''s; so)' where :contact = 0;",
            "select E'\\';)' where :contact = 0 ;\n",
            "select E'it''s \\';)' where :contact = 0",
            "select '\\d;' where :contact = 0",
            "select '' as \"a;)\"\"\" where :contact = 0",
            "select $$;)'$$, $a$ $$ ; $b$ $a$, a$b$ from x where :contact = 0",
            "select '' /* ; ) ' /* ; */ ; */ where :contact = 0 -- ; ) '",
            "select '' /*/ ; */ where :contact = 0",
            "select ((array[1, 2])[1]) - (2 / 1) where :contact = 0",
    })
    void readsWhatOnlyLooksLikeIt(String query) {
        assertThat(LayerFile.read("own", layer(query)).sql()).endsWith(query);
    }

    @Test
    void leavesToAnotherDatabaseHowItsSqlIsWritten() {
        String file = "-- heading: x\n-- place: turn\n-- database: shop\n";
        assertThat(LayerFile.read("x", file + "select {ts '2026-01-01 00:00:00'} from `a` where a in (:handles) # and so on (").database()).isEqualTo("shop");
        assertThatThrownBy(() -> LayerFile.read("x", file + "select 1 where a in (:handles); delete from a")).hasMessageContaining("line 4: a layer is one query");
    }

    @Test
    void readsTheLayersOfTheHouse() throws IOException {
        try (Stream<Path> layers = Files.list(Path.of("memory/layers"))) {
            assertThat(layers.toList()).isNotEmpty().allSatisfy(layer -> LayerFile.read("x", Files.readString(layer)));
        }
    }

    private static String layer(String query) {
        return "-- heading: x\n-- place: turn\n" + query;
    }
}
