package io.serai.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The shapes of OpenAI's chat completions (platform.openai.com/docs/api-reference/chat), as far as their client libraries read them. */
final class Completion {

    private Completion() {}

    /** @param user names the contact among those of the token */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonNaming(SnakeCaseStrategy.class)
    record Request(
            String model,
            @Schema(description = "the last one is the message; what comes before is ignored, since the hub remembers by itself")
                    List<Said> messages,
            @Schema(description = "names the contact among those of this token") String user,
            @Schema(description = "not OpenAI's: the conversation of this user it belongs to, as deal:42, or job:7 for one that stands by itself")
                    String conversation,
            @Schema(type = "object", description = "not OpenAI's: what you know of that conversation; it is merged into what is there (RFC 7396)")
                    JsonNode context,
            boolean stream,
            StreamOptions streamOptions,
            Integer n) {

        /** There is one model here, whatever the client calls it. */
        static final String MODEL = "serai";

        Request {
            model = model == null ? MODEL : model;
        }

        boolean wantsUsage() {
            return streamOptions != null && streamOptions.includeUsage();
        }
    }

    /** @param content a string, or a list of parts of which each is a text */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Said(String role, @Schema(type = "string") JsonNode content) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonNaming(SnakeCaseStrategy.class)
    record StreamOptions(boolean includeUsage) {}

    record Whole(String id, String object, long created, String model, List<Choice> choices, Usage usage) {

        static Whole of(String id, long created, String model, String text, Usage usage) {
            Choice choice = new Choice(0, new Speech("assistant", text, null), null, "stop");
            return new Whole(id, "chat.completion", created, model, List.of(choice), usage);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Choice(int index, Speech message, Object logprobs, String finishReason) {}

    record Speech(String role, String content, String refusal) {}

    record Chunk(
            String id,
            String object,
            long created,
            String model,
            List<Step> choices,
            @JsonInclude(JsonInclude.Include.NON_NULL) Usage usage) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Step(int index, Delta delta, Object logprobs, String finishReason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delta(String role, String content) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Usage(int promptTokens, int completionTokens, int totalTokens) {

        static Usage of(int in, int out) {
            return new Usage(in, out, in + out);
        }
    }

    record Models(String object, List<Model> data) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Model(String id, String object, long created, String ownedBy) {}

    record Failure(Reason error) {

        static Failure of(Fault fault) {
            return new Failure(new Reason(fault.detail(), type(fault.status().value()), null, code(fault)));
        }

        private static String type(int status) {
            return switch (status) {
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                case 429 -> "rate_limit_error";
                default -> status < 500 ? "invalid_request_error" : "server_error";
            };
        }

        private static String code(Fault fault) {
            return switch (fault.status().value()) {
                case 401 -> "invalid_api_key";
                case 429 -> "rate_limit_exceeded";
                default -> fault.kind().replace('-', '_');
            };
        }
    }

    record Reason(String message, String type, String param, String code) {}
}
