package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a contact wants to be reached. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class DeliveryDeskTest {

    private final long contact = Gate.town().sql().sql("insert into contact (name) values ('Ada') returning id").query(Long.class).single();

    @Test
    void keepsWishesAndShowsThem() {
        var answer = put(Rank.OPERATOR, """
                {"main": "web-chat", "daily": "completions", "fallbacks": ["webhook", "web-chat"], "off": [],
                 "quiet": {"from": "22:00", "to": "07:30"}, "timeZone": "Europe/Berlin"}
                """);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode wishes = Gate.program(Rank.OPERATOR).gets(path(contact)).json();
        assertThat(wishes.path("main").asText()).isEqualTo("web-chat");
        assertThat(wishes.path("daily").asText()).isEqualTo("completions");
        assertThat(wishes.has("urgent")).isFalse();
        assertThat(wishes.at("/fallbacks/0").asText()).isEqualTo("webhook");
        assertThat(wishes.at("/quiet/from").asText()).startsWith("22:00");
        assertThat(wishes.at("/quiet/to").asText()).startsWith("07:30");
        assertThat(wishes.path("timeZone").asText()).isEqualTo("Europe/Berlin");

        put(Rank.OPERATOR, "{}");
        assertThat(Gate.program(Rank.OPERATOR).gets(path(contact)).json().toString()).isEqualTo("{\"fallbacks\":[],\"off\":[]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "{'main': 'carrier-pigeon'}; 422; carrier-pigeon",
        "{'fallbacks': ['web-chat', 'telegarm']}; 422; telegarm",
        "{'fallbacks': [null]}; 400; fallbacks",
        "{'timeZone': 'Berlin'}; 400; timeZone",
        "{'timeZone': 'UTC+2'}; 400; timeZone",
        "{'timeZone': '+02:00'}; 400; timeZone",
        "{'timeZone': 'SystemV/EST5'}; 400; timeZone",
        "{'quiet': {'from': '22:00'}}; 400; quiet.to",
        "{'quiet': {'from': '25:00', 'to': '07:00'}}; 400; quiet.from",
        "{'primary': 'web-chat'}; 400; main"
    })
    void refusesWhatCannotBe(String json, int status, String hint) {
        var answer = put(Rank.OPERATOR, json.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).contains(hint);
    }

    @Test
    void replacesOnlyWhatWasSeen() {
        String seen = Gate.program(Rank.OPERATOR).gets(path(contact)).header("ETag");
        Caller operator = Gate.program(Rank.OPERATOR).with("Content-Type", "application/json");
        assertThat(operator.sends("PUT", path(contact), BodyPublishers.ofString("{}")).status()).isEqualTo(428);
        operator.with("If-Match", seen);
        var first = operator.sends("PUT", path(contact), BodyPublishers.ofString("{\"main\": \"web-chat\"}"));
        assertThat(first.status()).isEqualTo(200);
        assertThat(operator.sends("PUT", path(contact), BodyPublishers.ofString("{}")).status()).as("somebody was faster").isEqualTo(412);
        assertThat(Gate.program(Rank.OPERATOR).with("If-None-Match", first.header("ETag")).gets(path(contact)).status()).isEqualTo(304);
        assertThat(Gate.program(Rank.OPERATOR).with("If-None-Match", seen).gets(path(contact)).json().path("main").asText()).isEqualTo("web-chat");
    }

    @Test
    void isForOperators() {
        assertThat(put(Rank.VIEWER, "{}").status()).isEqualTo(403);
        assertThat(Gate.program(Rank.VIEWER).gets(path(contact)).status()).isEqualTo(403);
    }

    @Test
    void knowsNobodyElse() {
        assertThat(Gate.program(Rank.OPERATOR).gets(path(Long.MAX_VALUE)).status()).isEqualTo(404);
    }

    private Caller.Answer put(Rank rank, String json) {
        return Gate.program(rank).with("Content-Type", "application/json").with("If-Match", "*").sends("PUT", path(contact), BodyPublishers.ofString(json));
    }

    private static String path(long contact) {
        return "/api/contacts/" + contact + "/delivery";
    }
}
