package io.serai.think;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One try of one model: an answer in full, or {@link ModelFailed}. Nothing, half an answer and a withheld one are failures;
 * what it thought is none of it.
 */
final class Attempt {

    private static final Pattern FINISHED = Pattern.compile("\"finish_reason\"\\s*:\\s*\"[^\"]");

    private Attempt() {}

    static ChatResponse whole(FarSide model, ChatRequest request) {
        ChatResponse response;
        try {
            response = model.whole().chat(request);
        } catch (RuntimeException failure) {
            throw ModelFailed.of(failure);
        }
        return judged(request, response);
    }

    /** Returns when the stream is over: our wire reads it on this thread. */
    static ChatResponse stream(FarSide model, ChatRequest request, Listener listener) {
        var ear = new Ear(listener);
        listener.starts();
        try {
            model.stream().chat(request, ear);
        } catch (RuntimeException failure) {
            throw ModelFailed.of(failure);
        }
        if (ear.failure != null) {
            throw ModelFailed.of(ear.failure);
        }
        if (ear.response == null || !isFinished(ear.response)) {
            throw LastWord.truncated();
        }
        return judged(request, ear.response);
    }

    private static ChatResponse judged(ChatRequest request, ChatResponse came) {
        ChatResponse response = withoutThoughts(came);
        ModelFailed fault = fault(request, response);
        if (fault == null) {
            return response;
        }
        throw response.tokenUsage() == null ? fault : fault.having(Count.of(response, request));
    }

    private static ChatResponse withoutThoughts(ChatResponse response) {
        AiMessage message = response.aiMessage();
        String left = message.text() == null ? null : Thoughts.without(message.text());
        return Objects.equals(left, message.text()) ? response : response.toBuilder().aiMessage(message.withText(left.isEmpty() ? null : left)).build();
    }

    /** Why it is no answer, or null. To ask for a tool is one, where there are tools. */
    private static ModelFailed fault(ChatRequest request, ChatResponse response) {
        String text = Answer.clean(response);
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            return ModelFailed.forGood("filtered", "its content filter kept the answer back");
        }
        boolean asks = response.aiMessage().hasToolExecutionRequests();
        if (asks && request.toolSpecifications().isEmpty()) {
            return ModelFailed.passing("unasked", "it asked for a tool, and was given none"); // what it says beside is no answer
        }
        if ((text == null || text.isBlank()) && !asks) {
            if (response.finishReason() == FinishReason.LENGTH) {
                return ModelFailed.wordless();
            }
            return ModelFailed.passing("empty", "it answered nothing");
        }
        return null;
    }

    /** LangChain4j does not know every word that servers end with ("eos_token"): any will do but an empty one, which some send with each piece. */
    private static boolean isFinished(ChatResponse response) {
        return response.finishReason() != null
                || response.metadata() instanceof OpenAiChatResponseMetadata openAi
                        && openAi.rawServerSentEvents().stream().anyMatch(event -> FINISHED.matcher(event.data()).find());
    }

    private static final class Ear implements StreamingChatResponseHandler {

        private final Listener listener;
        private ChatResponse response;
        private Throwable failure;

        Ear(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onPartialResponse(String token) {
            listener.hears(token);
        }

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            response = complete;
        }

        /** What comes after a whole answer does not spoil it: LiteLLM ends Anthropic's with {@code [DONE]}, which is no JSON. */
        @Override
        public void onError(Throwable error) {
            failure = failure == null && response == null ? error : failure;
        }
    }
}
