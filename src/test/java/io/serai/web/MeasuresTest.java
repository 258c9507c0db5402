package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.serai.message.Inbound;
import io.serai.town.FakeNtfy;
import io.serai.town.RecipeHome;
import io.serai.town.Town;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is counted, and told in the log, for who runs the hub: {@code docs/operations.md}. */
@Tag("database")
class MeasuresTest {

    private static FakeNtfy ntfy;
    private static Town town;

    private final String ada = ntfy.newcomer();

    @BeforeAll
    static void open() {
        ntfy = new FakeNtfy();
        town = RecipeHome.town(ntfy, Map.of("serai.api.token", Gate.TOKEN, "serai.models.main.price-in", "2", "serai.models.main.price-out", "10"));
    }

    @AfterAll
    static void close() {
        town.close();
        ntfy.close();
    }

    @BeforeEach
    void modelAnswers() {
        town.model().recovers();
    }

    @Test
    void writesALineATurnThatTellsEverythingButTheText() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        Logger turns = (Logger) LoggerFactory.getLogger("serai.turn");
        lines.start();
        turns.addAppender(lines);
        town.model().says("Four words are these.");
        // what it cost is booked behind the answer, and may not be there yet
        var whole = await().until(() -> completes("A secret question"), answer -> answer.at("/usage/completion_tokens").asInt() > 0);
        String id = whole.path("id").asText().substring("chatcmpl-".length());
        int in = whole.at("/usage/prompt_tokens").asInt();
        await().until(() -> lines.list.stream().anyMatch(line -> line.getFormattedMessage().contains(id)));
        turns.detachAppender(lines);
        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).filteredOn(line -> line.contains(id)).singleElement().asString()
                .matches("Answered " + id + " by scripted in completions, conversation \\d+, \\d+ ms after it was said, attempt 1: model \\d+ ms, "
                        + in + " tokens in \\(memory \\d+\\), 4 out, cost 0\\.\\d{6}")
                .endsWith("cost " + String.format(Locale.ROOT, "%.6f", (in * 2 + 4 * 10) / 1e6))
                .doesNotContain("secret", "Four");
        assertThat(whole.at("/usage/completion_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void countsWhatTheDocumentationNames() {
        town.model().says("Did it come?");
        ntfy.breaksOff();
        ntfy.says(ada, "Send it", UUID.randomUUID().toString());
        await().until(() -> metric("serai_dead_total{queue=\"parcels\"}") == 1);
        completes("Hello");

        assertThat(metric("serai_accepted_total{channel=\"ntfy\",duplicate=\"false\"}")).isEqualTo(1);
        assertThat(metric("serai_answered_total{channel=\"ntfy\"}")).isEqualTo(1);
        assertThat(metric("serai_answer_seconds_count{channel=\"ntfy\"}")).isEqualTo(1);
        assertThat(metric("serai_unknown_total{channel=\"ntfy\",policy=\"hold\"}")).isEqualTo(1);
        assertThat(metric("serai_not_sent_total{channel=\"ntfy\",end=\"unknown\"}")).isEqualTo(1);
        assertThat(metric("serai_sent_total{channel=\"completions\"}")).isPositive();
        assertThat(metric("serai_dead_total{queue=\"turns\"}")).isZero();
        assertThat(metric("serai_dead_open{queue=\"parcels\"}")).isEqualTo(1);
        for (String queue : List.of("turns", "parcels", "reflections")) {
            assertThat(metric("serai_work_waiting{queue=\"" + queue + "\"}")).isNotNegative();
            assertThat(metric("serai_work_oldest{queue=\"" + queue + "\"}")).isNotNegative();
            assertThat(metric("serai_work_in_progress{queue=\"" + queue + "\"}")).isNotNegative();
        }
        String model = "{model=\"scripted\",role=\"main\"}";
        assertThat(metric("serai_cost_total" + model)).isPositive();
        assertThat(metric("serai_model_time_seconds_count" + model)).isPositive();
        assertThat(metric("serai_model_calls_total{model=\"scripted\",outcome=\"ok\",role=\"main\"}")).isPositive();
        assertThat(metric("serai_tokens_total{direction=\"in\",model=\"scripted\",role=\"main\"}")).isPositive();
        assertThat(metric("serai_tokens_total{direction=\"out\",model=\"scripted\",role=\"main\"}")).isPositive();
        for (String stage : List.of("listen", "answer", "enrich", "deliver")) {
            assertThat(all()).containsPattern("camel_route_policy_seconds_count\\{[^}]*routeId=\"" + stage + "\"");
        }
    }

    @Test
    void countsNothingThatWasRolledBack() {
        String accepted = "serai_accepted_total{channel=\"webhook\",duplicate=\"false\"}";
        town.receives(hello());
        double before = metric(accepted);
        new TransactionTemplate(town.bean(PlatformTransactionManager.class)).executeWithoutResult(undone -> {
            town.receives(hello());
            undone.setRollbackOnly();
        });
        assertThat(metric(accepted)).isEqualTo(before).isPositive();
    }

    private static Inbound hello() {
        return Inbound.of("webhook", "desk", "ann", UUID.randomUUID().toString(), "Hello", Instant.now());
    }

    private static JsonNode completes(String text) {
        return new Caller(town).withToken(Gate.TOKEN).posts("/v1/chat/completions",
                "{\"user\": \"" + UUID.randomUUID() + "\", \"messages\": [{\"role\": \"user\", \"content\": \"" + text + "\"}]}").json();
    }

    private static double metric(String series) {
        Matcher line = Pattern.compile("^" + Pattern.quote(series) + " (.*)$", Pattern.MULTILINE).matcher(all());
        return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
    }

    private static String all() {
        return new Caller(town).withToken(Gate.TOKEN).gets("/prometheus").text();
    }
}
