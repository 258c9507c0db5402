package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Inbound;
import io.serai.message.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds a message in any JSON. */
class InterpretTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Interpret INTERPRET = new Interpret(new ObjectMapper(), Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "/a; {'a': 'text'}; text",
        "/a; {'a': 42.50}; 42.5",
        "/a; {'a': true}; true",
        "/a; {'a': null}; \"\"",
        "/a; {'b': 1}; \"\"",
        "/a/b/1; {'a': {'b': ['x', 'y']}}; y",
        "/a~1b; {'a/b': 'slash'}; slash",
        "/m~0n; {'m~n': 'tilde'}; tilde",
        "/a|/b; {'b': 'second'}; second",
        "/a | /b; {'a': ' ', 'b': 'not blank'}; not blank",
        "Order {/id}: {/note}; {'id': 7, 'note': 'soon'}; Order 7: soon",
        "Order {/id}: {/note}; {'id': 7}; \"Order 7: \"",
        "{/price}; {'price': '$1 \\\\1 {/id}'}; $1 \\1 {/id}",
        "no place; {'a': 1}; no place",
        "{a}; {'a': 1}; {a}"
    })
    void fillsATemplate(String template, String json, String text) throws JsonProcessingException {
        assertThat(new Template(template).fill(new ObjectMapper().readTree(json.replace('\'', '"')))).isEqualTo(text);
    }

    @Test
    void showsAWholeDocument() {
        assertThat(read("{'user': 'ann', 'a': [1]}", "/user", "New: {}").text()).startsWith("New: {").contains("\"a\" : [ 1 ]");
    }

    @Test
    void makesAnInboundMessage() {
        Inbound inbound = INTERPRET.interpret(hook("{'contact': 'ann@example.com', 'name': 'Ann', 'text': 'Hi', 'deal': 42}"),
                "webhook", "", "/contact", "/name", "/text", "deal:{/deal}", "", "");

        assertThat(inbound).isEqualTo(new Inbound("webhook", "shop", "ann@example.com", "id-1", "Ann", "Hi", null, null, "deal:42", NOW, null));
    }

    @Test
    void namesAnotherChannelWithoutTakingTheIdsOfItsMessages() {
        Inbound inbound = INTERPRET.interpret(hook("{'chat': 99, 'text': 'Hi'}"), "telegram", "bot", "/chat", "", "/text", "", "", "");

        assertThat(inbound.channel()).isEqualTo("telegram");
        assertThat(inbound.account()).isEqualTo("bot");
        assertThat(inbound.handle()).isEqualTo("99");
        assertThat(inbound.externalId()).isEqualTo("hook:shop:id-1");
        assertThat(inbound.conversation()).isNull();
    }

    @Test
    void readsJsonThatARouteHasFetched() {
        Inbound inbound = INTERPRET.interpret("{\"topic\": \"ann\", \"message\": \"Hi\", \"id\": \"x1\"}", "ntfy", "", "/topic", "", "/message", "", "", "/id");

        assertThat(inbound).isEqualTo(Inbound.of("ntfy", "", "ann", "x1", "Hi", NOW));
        assertThatThrownBy(() -> INTERPRET.interpret("{}", "ntfy", "", "/topic", "", "/message", "", "", "/id"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("without an id");
        assertThatThrownBy(() -> INTERPRET.interpret("gone", "ntfy", "", "/topic", "", "/message", "", "", "/id"))
                .isInstanceOf(Refused.class)
                .hasMessage("this is no JSON");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "{'text': 'Hi'}; nobody to answer",
        "{'contact': ' ', 'text': 'Hi'}; nobody to answer",
        "{'contact': 'a\\nb', 'text': 'Hi'}; nobody to answer",
        "{'contact': 'a\\u0000b', 'text': 'Hi'}; nobody to answer",
        "{'contact': 'ann'}; nothing is said",
        "{'contact': 'ann', 'text': ''}; nothing is said",
        "{'contact': 'ann', 'text': '\\u0000'}; nothing is said"
    })
    void refusesWhatIsNoMessage(String json, String why) {
        assertThatThrownBy(() -> read(json, "/contact", "/text")).isInstanceOf(Refused.class).hasMessageStartingWith(why);
    }

    @Test
    void refusesAHandleThatIsTooLong() {
        assertThatThrownBy(() -> read("{'contact': '" + "x".repeat(256) + "', 'text': 'Hi'}", "/contact", "/text"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("255");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', value = {
        "/context; {'context': {'a': 1}}; {'a': 1}",
        "/context; {'context': null}; ~~",
        "/context|/order; {'order': {'id': 7}}; {'id': 7}",
        "order=/order tier=/level|/customer/level; {'order': {'id': 7}, 'customer': {'level': 'gold'}}; {'order': {'id': 7}, 'tier': 'gold'}",
        "order=/order tier=/level; {'level': null}; {'tier': null}",
        "order=/order; {'b': 1}; ~~",
        "~~; {'context': {'a': 1}}; ~~",
    })
    void readsWhatIsKnownOfTheTalk(String places, String json, String context) throws JsonProcessingException {
        String read = INTERPRET.interpret(hook(json.replaceFirst("\\{", "{'contact': 'ann', 'text': 'Hi', ")), "webhook", "", "/contact", "", "/text", "", places, "").context();
        assertThat(read == null ? null : new ObjectMapper().readTree(read)).isEqualTo(context.isEmpty() ? null : new ObjectMapper().readTree(context.replace('\'', '"')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "order=order", "=/order", "order=/order|id"})
    void saysWhereAContextCannotBeRead(String places) {
        assertThatThrownBy(() -> INTERPRET.interpret(hook("{'contact': 'ann', 'text': 'Hi'}"), "webhook", "", "/contact", "", "/text", "", places, ""))
                .isInstanceOf(Refused.class).hasMessageEndingWith("not at " + places);
    }

    @Test
    void letsNoJobFallAmongOtherTalks() {
        assertThatThrownBy(() -> INTERPRET.interpret(hook("{'contact': 'ann', 'text': 'Hi'}"), "webhook", "", "/contact", "", "/text", "job:{/job}", "", ""))
                .isInstanceOf(Refused.class).hasMessageContaining("an isolated conversation without an id");
        assertThat(INTERPRET.interpret(hook("{'contact': 'ann', 'text': 'Hi'}"), "webhook", "", "/contact", "", "/text", "deal:{/deal}", "", "").conversation()).isNull();
    }

    private static Inbound read(String json, String handle, String text) {
        return INTERPRET.interpret(hook(json), "webhook", "", handle, "", text, "", "", "");
    }

    private static Hook hook(String json) {
        try {
            return new Hook("shop", "id-1", new ObjectMapper().readTree(json.replace('\'', '"')), NOW);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
