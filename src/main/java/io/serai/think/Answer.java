package io.serai.think;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.serai.message.Expense;

/** What came back, the name of the model that said it, and what it took. */
record Answer(ChatResponse response, String model, Expense expense) {

    boolean asksForTools() {
        return response.aiMessage().hasToolExecutionRequests();
    }

    /** Without NUL, which no text in Postgres may have. */
    String text() {
        return clean(response);
    }

    /** Null when it said nothing. */
    static String clean(ChatResponse response) {
        String text = response.aiMessage().text();
        return text == null ? null : text.replace("\0", "");
    }
}
