package io.serai.think;

import dev.langchain4j.model.chat.response.ChatResponse;

/** What came back, and the name of the model that said it. */
record Answer(ChatResponse response, String model) {

    String text() {
        return response.aiMessage().text();
    }
}
