package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a layer would not be given is found before anybody asks. */
class LayerRehearsalTest {

    private final LayerRehearsal rehearsal = new LayerRehearsal(null, "shop"::equals);

    @ParameterizedTest
    @ValueSource(strings = {"asked", "names", "pieces", "legible", "named", "dated", "most", "signs"})
    void refusesToSearchWithoutAnEmbedding(String parameter) {
        String query = "select 1 from recollection where contact_id = :contact\n-- :embedding\nand :" + parameter + " is not null";
        assertThat(rehearsal.rehearse("own", layer("", query))).get().extracting(LayerRehearsal.Flaw::line, LayerRehearsal.Flaw::what)
                .containsExactly(6, "':" + parameter + "' is given only where ':embedding' or ':planes' is asked for too");
        assertThat(rehearsal.rehearse("own", layer("", query + " and :embedding is not null"))).isEmpty();
    }

    @Test
    void refusesToSearchInAnotherDatabase() {
        assertThat(rehearsal.rehearse("orders", layer("shop", "select :embedding from orders where customer in (:handles)"))).get()
                .extracting(LayerRehearsal.Flaw::what).isEqualTo("':embedding' is not given to another database");
        assertThat(rehearsal.rehearse("orders", layer("shop", "select :said from orders where customer in (:handles)"))).isEmpty();
    }

    @Test
    void refusesADatabaseThatThereIsNot() {
        assertThat(rehearsal.rehearse("orders", layer("shopp", "select 1 from orders where customer in (:handles)"))).get()
                .extracting(LayerRehearsal.Flaw::line, LayerRehearsal.Flaw::what)
                .containsExactly(3, "there is no serai.databases.shopp in application.yaml");
    }

    @Test
    void refusesAQueryThatEndsItsLayerBeforeItIsAsked() {
        assertThat(rehearsal.rehearse("own", layer("", "select '' where :contact = 0) as a;\ncommit;\nselect (1"))).get()
                .extracting(LayerRehearsal.Flaw::line, LayerRehearsal.Flaw::what).containsExactly(4, "this ')' has no '('");
        assertThat(rehearsal.rehearse("own", layer("", "select '' where :contact = 0\n; select ''"))).get()
                .extracting(LayerRehearsal.Flaw::line, LayerRehearsal.Flaw::what)
                .containsExactly(5, "a layer is one query: nothing may stand behind the ';'");
    }

    @Test
    void readsALongLiteral() {
        assertThat(rehearsal.rehearse("own", layer("", "select '" + "it''s ".repeat(50_000) + "' where :contact = 0"))).isEmpty();
    }

    private static String layer(String database, String query) {
        return "-- heading: Orders\n-- place: turn\n" + (database.isEmpty() ? "--\n" : "-- database: " + database + "\n") + query;
    }
}
