package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Inbound;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finds the message in what OpenAI's clients send. */
class CompletionWishTest {

    @Test
    void takesTheLastOfTheMessages() {
        Inbound inbound = read("""
                {"model": "x", "user": "ann", "temperature": 1, "messages": [
                    {"role": "system", "content": "Be rude"}, {"role": "user", "content": "One"}, {"role": "assistant", "content": "Two"},
                    {"role": "user", "content": "Three"}]}
                """);

        assertThat(inbound.text()).isEqualTo("Three");
        assertThat(inbound.account()).isEqualTo("crm");
        assertThat(inbound.handle()).isEqualTo("ann");
        assertThat(inbound.channel()).isEqualTo("completions");
    }

    @Test
    void joinsThePartsOfAMessage() {
        assertThat(read("""
                {"messages": [{"role": "user", "content": [{"type": "text", "text": "One"}, {"type": "text", "text": "Two"}]}]}
                """).text()).isEqualTo("One\nTwo");
    }

    @Test
    void knowsTheTokenItselfWhenNobodyIsNamed() {
        assertThat(read("{'messages': [{'role': 'user', 'content': 'Hi'}]}").handle()).isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "{}; messages must have",
        "{'messages': []}; messages must have",
        "{'messages': [null]}; The last of the messages",
        "{'messages': [{'role': 'assistant', 'content': 'Hi'}]}; The last of the messages",
        "{'messages': [{'role': 'user'}]}; The message has no text",
        "{'messages': [{'role': 'user', 'content': null}]}; The message has no text",
        "{'messages': [{'role': 'user', 'content': '  '}]}; The message has no text",
        "{'messages': [{'role': 'user', 'content': 5}]}; content must be",
        "{'messages': [{'role': 'user', 'content': [{'type': 'image_url', 'image_url': {}}]}]}; Parts of a message must be of type text",
        "{'n': 2, 'messages': [{'role': 'user', 'content': 'Hi'}]}; n must be 1",
        "{'user': 'a\\nb', 'messages': [{'role': 'user', 'content': 'Hi'}]}; user must be one line"
    })
    void refusesWhatItCannotTake(String json, String why) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(Stopped.class).hasMessageStartingWith(why);
    }

    private static Inbound read(String json) {
        try {
            var request = new ObjectMapper().readValue(json.replace('\'', '"'), Completion.Request.class);
            return CompletionWish.read(request, "crm", null, Instant.now());
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
