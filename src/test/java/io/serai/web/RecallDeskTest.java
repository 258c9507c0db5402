package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.memory.Storyteller;
import io.serai.memory.Storyteller.Said;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The search of operators. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class RecallDeskTest {

    private static final Instant MAY = Instant.parse("2026-05-04T09:00:00Z");

    private final long contact = new Storyteller(Gate.town())
            .tells("Ada", List.of(
                    new Said("Ada", false, MAY, "Our budget for the pumps is 40,000"), new Said("scripted", true, MAY, "Noted."),
                    new Said("Ada", false, MAY, "We like blue"), new Said("scripted", true, MAY, "So do we.")))
            .contact()
            .id();

    @Test
    void tellsWhatWasFoundAndWhy() {
        JsonNode answer = Gate.program(Rank.OPERATOR).gets("/api/contacts/" + contact + "/recall?q=what%20was%20the%20budget").json();
        assertThat(answer.path("contact").asLong()).isEqualTo(contact);
        JsonNode best = answer.at("/found/0");
        assertThat(best.path("text").asText()).contains("40,000");
        assertThat(best.path("at").asText()).isEqualTo("2026-05-04T09:00:00Z");
        assertThat(best.path("words").toString()).contains("budget");
        assertThat(best.path("score").asDouble()).isPositive();
    }

    @Test
    void givesAsManyAsAreAskedFor() {
        assertThat(Gate.program(Rank.OPERATOR).gets("/api/contacts/" + contact + "/recall?q=budget+blue&limit=1").json().path("found")).hasSize(1);
    }

    @Test
    void searchesAnIsolatedTalkOnlyFromWithin() {
        long talk = Gate.town().sql().sql("update conversation set key = 'job:7' where contact_id = :contact returning id")
                .param("contact", contact).query(Long.class).single();
        String search = "/api/contacts/" + contact + "/recall?q=budget+blue";
        assertThat(Gate.program(Rank.OPERATOR).gets(search).json().path("found")).isEmpty();
        assertThat(Gate.program(Rank.OPERATOR).gets(search + "&conversation=" + talk).json().path("found")).isNotEmpty();
        assertThat(Gate.program(Rank.OPERATOR).gets(search + "&conversation=0").status()).isEqualTo(404);
    }

    @Test
    void refusesWhatMakesNoSense() {
        for (String query : List.of("?q=%20", "", "?q=x&limit=0", "?q=x&limit=101", "?q=x&limit=many")) {
            assertThat(Gate.program(Rank.OPERATOR).gets("/api/contacts/" + contact + "/recall" + query).status()).as(query).isEqualTo(400);
        }
        assertThat(Gate.program(Rank.OPERATOR).gets("/api/contacts/" + contact + "/recall").text()).contains("q is missing");
        assertThat(Gate.program(Rank.OPERATOR).gets("/api/contacts/999999999/recall?q=x").status()).isEqualTo(404);
    }

    @Test
    void isForOperators() {
        assertThat(Gate.program(Rank.VIEWER).gets("/api/contacts/" + contact + "/recall?q=x").status()).isEqualTo(403);
        assertThat(Gate.stranger().gets("/api/contacts/" + contact + "/recall?q=x").status()).isEqualTo(401);
    }
}
