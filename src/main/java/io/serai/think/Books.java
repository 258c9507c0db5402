package io.serai.think;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;

/**
 * Where every try of one question on one model is written down.
 *
 * @param role the role that was asked for, whoever plays it
 * @param conversationId or null when the question belongs to none
 * @param messageId the last message of the turn that is answered, or null when the question answers nobody
 */
record Books(Usage usage, String role, Long conversationId, Long messageId, ModelSettings model, ChatRequest request) {

    void answered(ChatResponse response, Duration took) {
        usage.book(this, Count.of(response, request), took, "ok");
    }

    void failed(ModelFailed failure, Duration took) {
        usage.book(this, failure.spent(), took, failure.outcome());
    }
}
