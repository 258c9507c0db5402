package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import io.serai.message.ToolUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools in every provider's API: how one is asked for, and how what it told goes back. */
class FarSideToolsTest {

    private static final Tool RECALL = new Tool("recall", "Searches", List.of(new Tool.Parameter("query", "string", "What for", false, List.of())));

    private static final ModelSettings ANY = CatalogueTest.catalogue(Map.of()).models().get("main");

    private final FakeApi api = new FakeApi();

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @EnumSource(names = "OFFLINE", mode = EnumSource.Mode.EXCLUDE)
    void areAskedForWhole(Provider provider) {
        api.answers(whole(provider));
        var message = Attempt.whole(api.model(provider), begun().request(ANY, true)).aiMessage();
        assertThat(message.toolExecutionRequests()).extracting(ToolExecutionRequest::name).containsExactly("recall");
        assertThat(message.toolExecutionRequests().getFirst().arguments().replaceAll("\\s", "")).isEqualTo("{\"query\":\"budget\"}");
        assertThat(api.sent().toString()).contains("recall", "Searches", "What for");
    }

    @ParameterizedTest
    @EnumSource(names = "OFFLINE", mode = EnumSource.Mode.EXCLUDE)
    void areAskedForInPieces(Provider provider) {
        api.answers(pieces(provider));
        var message = Attempt.stream(api.model(provider), begun().request(ANY, true), new Deaf()).aiMessage();
        assertThat(message.toolExecutionRequests()).extracting(ToolExecutionRequest::name).containsExactly("recall");
        assertThat(message.toolExecutionRequests().getFirst().arguments().replaceAll("\\s", "")).isEqualTo("{\"query\":\"budget\"}");
    }

    /** Google's own gateway for OpenAI's clients leaves the number of a call out, and tells of several at once. */
    @Test
    void areAskedForInPiecesThatHaveNoNumber() {
        api.answers(pieces(Provider.OPEN_AI).replace("{\"index\":0,\"id\":\"abcdefghi\"", "{\"id\":\"abcdefghi\""));
        var message = Attempt.stream(api.model(Provider.OPEN_AI), begun().request(ANY, true), new Deaf()).aiMessage();
        assertThat(message.toolExecutionRequests()).extracting(ToolExecutionRequest::name).containsExactly("recall");
    }

    @Test
    void areAskedForTwiceInOnePiece() {
        String call = "{\"index\":%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"recall\",\"arguments\":\"{\\\"query\\\": \\\"%s\\\"}\"}}";
        api.answers(pieces(Provider.OPEN_AI).replaceFirst("\"tool_calls\":\\[.*\\]}}]}", Matcher.quoteReplacement(
                "\"tool_calls\":[" + call.formatted(0, "one", "budget") + "," + call.formatted(1, "two", "colour") + "]}}]}")));
        var message = Attempt.stream(api.model(Provider.OPEN_AI), begun().request(ANY, true), new Deaf()).aiMessage();
        assertThat(message.toolExecutionRequests()).extracting(asked -> asked.arguments().replaceAll("\\W+", " ").strip()).containsExactly("query budget", "query colour");
    }

    /** Whoever asked for them, and however badly. */
    @ParameterizedTest
    @EnumSource(names = "OFFLINE", mode = EnumSource.Mode.EXCLUDE)
    void areToldOfToEachOther(Provider provider) {
        api.answers(FarSideTest.whole(provider));
        Dialogue dialogue = begun();
        dialogue.add(AiMessage.builder().text("").thinking("Hm").attributes(Map.of()).toolExecutionRequests(List.of()).build(), Stream.of(
                        new ToolUse("recall", "{\"query\": \"budget\"}", "ok", "It is 40 000.", Instant.EPOCH),
                        new ToolUse("", "{\"query", "unknown-tool", "There is no such tool.", Instant.EPOCH))
                .toList());
        assertThat(Attempt.whole(api.model(provider), dialogue.request(ANY, true)).aiMessage().text()).isEqualTo("Good day");
        assertThat(api.sent().toString()).contains("It is 40 000.", "There is no such tool.", "budget", "\"unknown\"");
        assertThat(Attempt.whole(api.model(provider), dialogue.request(ANY, false)).aiMessage().text()).isEqualTo("Good day");
        assertThat(api.sent().toString()).contains("It is 40 000.", "There is no such tool.").doesNotContain("Searches", "call0000");
    }

    /** Gemini takes no call back without what it signed it with; what it thought is nobody's to hear. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goBackToGeminiAsItSignedThem(boolean streams) {
        String part = "{\"functionCall\"";
        String signed = "{\"text\":\"Hm\",\"thought\":true},{\"thoughtSignature\":\"c2lnbmVk\",\"functionCall\"";
        Dialogue dialogue = begun();
        AiMessage asked;
        if (streams) {
            api.answers(pieces(Provider.GEMINI).replace(part, signed));
            asked = Attempt.stream(api.model(Provider.GEMINI), dialogue.request(ANY, true), new Deaf()).aiMessage();
        } else {
            api.answers(whole(Provider.GEMINI).replace(part, signed));
            asked = Attempt.whole(api.model(Provider.GEMINI), dialogue.request(ANY, true)).aiMessage();
        }
        assertThat(asked.text()).isNull();
        dialogue.add(asked, List.of(new ToolUse("recall", "{\"query\": \"budget\"}", "ok", "It is 40 000.", Instant.EPOCH)));
        api.answers(FarSideTest.whole(Provider.GEMINI));
        assertThat(Attempt.whole(api.model(Provider.GEMINI), dialogue.request(ANY, true)).aiMessage().text()).isEqualTo("Good day");
        assertThat(api.sent().findParent("functionCall").path("thoughtSignature").asText()).isEqualTo("c2lnbmVk");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"error\":\"registry.ollama.ai/library/gemma:2b does not support tools\"}",
        "{\"error\":{\"message\":\"`tool calling` is not supported with this model\",\"type\":\"invalid_request_error\"}}",
        "{\"object\":\"error\",\"message\":\"\\\"auto\\\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set\"}",
        "{\"error\":{\"code\":500,\"message\":\"tools param requires --jinja flag\"}}"
    })
    void areRefusedInManyWords(String refusal) {
        api.answers(400, refusal);
        var failed = catchThrowableOfType(ModelFailed.class, () -> Attempt.whole(api.model(Provider.OPEN_AI), begun().request(ANY, true)));
        assertThat(failed.lack()).isEqualTo(Lack.TOOLS);
    }

    /** OpenRouter, of those who serve a model just now; OpenAI, of one that thinks unasked. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "404 | TOOLS_NOW           | No endpoints found that support tool use. To learn more about provider routing, visit ...",
        "400 | THINKING_WITH_TOOLS | Function tools with reasoning_effort are not supported for gpt-5.5 in /v1/chat/completions. Please use /v1/responses instead.",
        "400 | THINKING_WITH_TOOLS | Function tools with reasoning_effort are not supported for gpt-5.6 in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'."})
    void areRefusedForAWhileOrForThinking(int status, Lack lack, String refusal) {
        api.answers(status, "{\"error\":{\"message\":\"" + refusal + "\",\"type\":\"invalid_request_error\"}}");
        var failed = catchThrowableOfType(ModelFailed.class, () -> Attempt.whole(api.model(Provider.OPEN_AI), begun().request(ANY, true)));
        assertThat(failed.lack()).isEqualTo(lack);
        assertThat(failed.passing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"error\":{\"message\":\"This model's maximum context length is 8192 tokens.\",\"code\":\"context_length_exceeded\"}}",
        "{\"error\":{\"message\":\"messages with role 'tool' must be a response to a preceding message with 'tool_calls'\"}}",
        "{\"error\":{\"message\":\"Invalid schema for function 'recall'\"}}",
        "{\"error\":{\"message\":\"Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and ...\"}}"
    })
    void areNotBlamedForEverything(String refusal) {
        api.answers(400, refusal);
        var failed = catchThrowableOfType(ModelFailed.class, () -> Attempt.whole(api.model(Provider.OPEN_AI), begun().request(ANY, true)));
        assertThat(failed.lack()).isNull();
    }

    /** Hears no word of an answer, since there is none. */
    private static final class Deaf implements Listener {

        @Override
        public void starts() {}

        @Override
        public void hears(String token) {
            assertThat(token).isBlank();
        }
    }

    private static Dialogue begun() {
        return new Dialogue(House.prompt("What was it?"), ANY, List.of(RECALL));
    }

    private static String whole(Provider provider) {
        return switch (provider) {
            case OPEN_AI, MISTRAL -> """
                    {"id":"1","model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":"","tool_calls":
                    [{"id":"abcdefghi","type":"function","function":{"name":"recall","arguments":"{\\"query\\": \\"budget\\"}"}}]}}]}""";
            case ANTHROPIC -> """
                    {"id":"1","type":"message","role":"assistant","model":"m","stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":2},
                    "content":[{"type":"tool_use","id":"t1","name":"recall","input":{"query":"budget"}}]}""";
            case OLLAMA -> """
                    {"model":"m","done":true,"done_reason":"stop","message":{"role":"assistant","content":"","tool_calls":
                    [{"function":{"name":"recall","arguments":{"query":"budget"}}}]}}""";
            case GEMINI -> """
                    {"candidates":[{"finishReason":"STOP","content":{"role":"model","parts":[{"functionCall":{"name":"recall","args":{"query":"budget"}}}]}}],
                    "usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":3}}""";
            case OFFLINE -> "";
        };
    }

    private static String pieces(Provider provider) {
        return switch (provider) {
            case OPEN_AI, MISTRAL -> """
                    data: {"id":"1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"abcdefghi","type":"function","function":{"name":"recall","arguments":"{\\"query\\": \\"budget\\"}"}}]}}]}

                    data: {"id":"1","model":"m","choices":[{"index":0,"delta":{"content":""},"finish_reason":"tool_calls"}]}

                    data: [DONE]

                    """;
            case ANTHROPIC -> """
                    event: message_start
                    data: {"type":"message_start","message":{"id":"1","model":"m","usage":{"input_tokens":1,"output_tokens":0}}}

                    event: content_block_start
                    data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t1","name":"recall","input":{}}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"query\\": \\"bud"}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"get\\"}"}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":0}

                    event: message_delta
                    data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":2}}

                    event: message_stop
                    data: {"type":"message_stop"}

                    """;
            case OLLAMA -> """
                    {"model":"m","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"recall","arguments":{"query":"budget"}}}]},"done":false}
                    {"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":2}
                    """;
            case GEMINI -> """
                    data: {"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"recall","args":{"query":"budget"}}}]},"finishReason":"STOP"}]}

                    """;
            case OFFLINE -> "";
        };
    }
}
