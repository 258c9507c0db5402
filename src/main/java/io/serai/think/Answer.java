package io.serai.think;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.serai.message.Expense;

/** What came back, the model that said it, and what it took. */
record Answer(ChatResponse response, ModelSettings model, Expense expense) {

    boolean asksForTools() {
        return response.aiMessage().hasToolExecutionRequests();
    }

    String text() {
        return clean(response);
    }

    /** Null when it said nothing. */
    static String clean(ChatResponse response) {
        return clean(response.aiMessage().text());
    }

    /** Without NUL, which no text in Postgres may have, and without halves of characters, which no text has. */
    static String clean(String text) {
        return text == null ? null : new String(text.replace("\0", "").getBytes(UTF_8), UTF_8);
    }
}
