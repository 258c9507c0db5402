package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.serai.town.ScriptedModel;
import io.serai.town.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is booked of each call. */
@Tag("database")
class LedgerTest {

    private final ScriptedModel model = ScriptedModel.start().says("Four words are these.");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private JdbcTemplate database;
    private Ledger ledger;
    private Models models;

    @BeforeEach
    void open() {
        var town = TestDatabase.furnished();
        database = new JdbcTemplate(new DriverManagerDataSource(town.url(), town.user(), town.password()));
        ledger = new Ledger(database);
        var settings = House.of("main", model, "PRICE_IN", "2", "PRICE_OUT", "10");
        models = new Models(CatalogueTest.catalogue(settings), new Usage(meters, ledger), new DefaultListableBeanFactory());
    }

    @AfterEach
    void close() throws Exception {
        ledger.close();
        model.close();
    }

    @Test
    void writesARowPerTryWithWhatItCost() {
        database.update("insert into contact default values");
        database.update("insert into conversation (contact_id, key) values (1, 'main')");
        model.fails(503);
        models.role("main").ask(model -> request("Hello"), 1L, null, null);
        assertThat(rows()).satisfiesExactly(
                failed -> assertThat(failed).containsEntry("outcome", "503").containsEntry("tokens_in", 0)
                        .containsEntry("conversation_id", 1L),
                answered -> assertThat(answered)
                        .containsEntry("outcome", "ok").containsEntry("tokens_in", 11).containsEntry("tokens_out", 4)
                        .containsEntry("role", "main").containsEntry("model", "main-model").containsEntry("provider", "open-ai")
                        .hasEntrySatisfying("cost", cost -> assertThat(cost).hasToString("0.000062")));
        assertThat(meters.counter("serai.tokens", "role", "main", "model", "main-model", "direction", "in").count()).isEqualTo(11);
        assertThat(meters.counter("serai.cost", "role", "main", "model", "main-model").count()).isEqualTo(0.000062);
        assertThat(meters.counter("serai.model.calls", "role", "main", "model", "main-model", "outcome", "503").count()).isEqualTo(1);
        assertThat(meters.timer("serai.model.time", "role", "main", "model", "main-model").count()).isEqualTo(2);
    }

    @Test
    void estimatesWhatTheProviderDoesNotTell() {
        model.tellsNoUsage();
        models.role("small").chat(request("Please sum this up for me"));
        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row).containsEntry("role", "small").containsEntry("conversation_id", null);
            assertThat((Integer) row.get("tokens_in")).isBetween(5, 8);
            assertThat((Integer) row.get("tokens_out")).isBetween(4, 6);
        });
    }

    @Test
    void keepsTheAnswerAndTheRowWhileTheDatabaseIsAway() {
        database.execute("alter table model_call rename to away");
        assertThat(models.role("main").ask(model -> request("Hello"), null, null, null).text()).isEqualTo("Four words are these.");
        database.execute("alter table away rename to model_call");
        assertThat(rows()).hasSize(1);
    }

    @Test
    void forgetsAConversationThatIsGone() {
        models.role("main").ask(model -> request("Hello"), 4_711L, null, null);
        assertThat(rows()).singleElement().satisfies(row -> assertThat(row).containsEntry("conversation_id", null));
    }

    private List<Map<String, Object>> rows() {
        await().until(() -> database.queryForObject("select count(*) from model_call where outcome = 'ok'", Integer.class) == 1);
        return database.queryForList("select * from model_call order by id");
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }
}
