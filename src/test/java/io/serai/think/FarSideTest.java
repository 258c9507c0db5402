package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.serai.message.Expense;
import io.serai.message.Refused;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every provider's API over our wire: what is sent, and what comes back whole, in pieces or not at all. */
class FarSideTest {

    private static final ChatRequest HELLO = ChatRequest.builder().messages(SystemMessage.from("Be kind."), UserMessage.from("Hello"))
            .build();

    private final FakeApi api = new FakeApi();

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @EnumSource(names = "OFFLINE", mode = EnumSource.Mode.EXCLUDE)
    void answersWhole(Provider provider) {
        api.answers(whole(provider));
        assertThat(Attempt.whole(api.model(provider), HELLO).aiMessage().text()).isEqualTo("Good day");
        assertThat(api.path()).isEqualTo(
                switch (provider) {
                    case OPEN_AI, MISTRAL -> "/chat/completions";
                    case ANTHROPIC -> "/messages";
                    case OLLAMA -> "/api/chat";
                    case GEMINI -> "/models/m:generateContent";
                    case OFFLINE -> "";
                });
        assertThat(api.sent().toString()).doesNotContain("temperature", "reasoning", "thinking", "think\"", "max_completion_tokens");
    }

    @Test
    void tellsOllamaHowMuchFitsIntoIt() {
        api.answers(whole(Provider.OLLAMA));
        Attempt.whole(api.model(Provider.OLLAMA), HELLO);
        assertThat(api.sent().at("/options/num_ctx").asInt()).isEqualTo(8_192);
        Attempt.whole(api.model(Provider.OLLAMA, "WINDOW", "32768"), HELLO);
        assertThat(api.sent().at("/options/num_ctx").asInt()).isEqualTo(32_768);
    }

    @ParameterizedTest
    @EnumSource(names = "OFFLINE", mode = EnumSource.Mode.EXCLUDE)
    void answersInPieces(Provider provider) {
        api.answers(pieces(provider));
        var heard = new StringBuilder();
        var response = Attempt.stream(api.model(provider), HELLO, heard(heard));
        assertThat(response.aiMessage().text()).isEqualTo("Good day");
        assertThat(heard).hasToString("|Good/ day/");
    }

    /** Its models that think tell it in a list, before what they answer. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hearsOnlyTheAnswerOfAMistralThatThinks(boolean streams) {
        String thinks = "[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Hm\"}]},{\"type\":\"text\",\"text\":\"Good%s\"}]";
        if (streams) {
            api.answers(pieces(Provider.MISTRAL).replace("\"content\":\"Good\"", "\"content\":" + thinks.formatted("")));
            var heard = new StringBuilder();
            assertThat(Attempt.stream(api.model(Provider.MISTRAL), HELLO, heard(heard)).aiMessage().text()).isEqualTo("Good day");
            assertThat(heard).hasToString("|Good/ day/");
        } else {
            api.answers(whole(Provider.MISTRAL).replace("\"content\":\"Good day\"", "\"content\":" + thinks.formatted(" day")));
            assertThat(Attempt.whole(api.model(Provider.MISTRAL), HELLO).aiMessage().text()).isEqualTo("Good day");
        }
    }

    /** LiteLLM ends what Anthropic says as OpenAI does. */
    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]\n\n", "event: ping\ndata: {\"type\":\"pi\n\n"})
    void takesAWholeAnswerWhateverComesAfterIt(String more) {
        api.answers(pieces(Provider.ANTHROPIC) + more);
        assertThat(Attempt.stream(api.model(Provider.ANTHROPIC), HELLO, new Deaf()).aiMessage().text()).isEqualTo("Good day");
    }

    @Test
    void takesNoAnswerThatIsGarbledBeforeItIsWhole() {
        api.answers(pieces(Provider.ANTHROPIC).replace("event: message_stop", "event: ping\ndata: {\"type\":\"pi\n\nevent: message_stop"));
        assertThat(catchThrowableOfType(ModelFailed.class, () -> Attempt.stream(api.model(Provider.ANTHROPIC), HELLO, new Deaf())).outcome()).isEqualTo("unreadable");
    }

    @ParameterizedTest
    @EnumSource(names = "OFFLINE", mode = EnumSource.Mode.EXCLUDE)
    void tellsWhenToComeBack(Provider provider) {
        api.answers(429, "{\"error\":{\"message\":\"slow down, key k\",\"type\":\"rate_limit_error\"}}");
        for (boolean streams : new boolean[] {false, true}) {
            var failed = catchThrowableOfType(ModelFailed.class, () -> {
                if (streams) {
                    Attempt.stream(api.model(provider), HELLO, new Deaf());
                } else {
                    Attempt.whole(api.model(provider), HELLO);
                }
            });
            assertThat(failed.outcome()).isEqualTo("429");
            assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            assertThat(failed.passing()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "OFFLINE", mode = EnumSource.Mode.EXCLUDE)
    void knowsAStreamThatBreaksOff(Provider provider) {
        api.answers(pieces(provider).lines().limit(provider == Provider.ANTHROPIC ? 11 : 1).collect(Collectors.joining("\n")));
        var failed = catchThrowableOfType(ModelFailed.class, () -> Attempt.stream(api.model(provider), HELLO, new Deaf()));
        assertThat(failed.outcome()).isEqualTo("truncated");
    }

    @ParameterizedTest
    @EnumSource(names = "OFFLINE", mode = EnumSource.Mode.EXCLUDE)
    void leavesOutNoPiece(Provider provider) {
        api.answers(pieces(provider).replaceFirst("\"(content|text)\":\" day\"", "\"$1\":\" da"));
        var failed = catchThrowableOfType(ModelFailed.class, () -> Attempt.stream(api.model(provider), HELLO, new Deaf()));
        assertThat(failed.outcome()).isEqualTo("unreadable");
    }

    @ParameterizedTest
    @EnumSource(names = {"OFFLINE", "MISTRAL"}, mode = EnumSource.Mode.EXCLUDE)
    void sendsHowMuchToThink(Provider provider) {
        api.answers(whole(provider));
        Attempt.whole(api.model(provider, "THINKING", "medium"), HELLO);
        switch (provider) {
            case OPEN_AI -> assertThat(api.sent().path("reasoning_effort").asText()).isEqualTo("medium");
            case ANTHROPIC -> {
                assertThat(api.sent().path("thinking").path("budget_tokens").asInt()).isEqualTo(8_192);
                assertThat(api.sent().path("max_tokens").asInt()).isGreaterThan(8_192);
            }
            case OLLAMA -> assertThat(api.sent().path("think").asBoolean()).isTrue();
            default -> assertThat(api.sent().path("generationConfig").path("thinkingConfig").path("thinkingBudget").asInt()).isEqualTo(8_192);
        }
        Attempt.whole(api.model(provider, "THINKING", "off"), HELLO);
        assertThat(api.sent().toString()).containsAnyOf("\"none\"", "\"disabled\"", "\"think\":false", "\"think\" : false",
                "\"thinkingBudget\":0");
    }

    /** Opus 4.7 and Sonnet 5 take no budget. */
    @ParameterizedTest
    @CsvSource({"minimal, low", "low, low", "medium, medium", "xhigh, high"})
    void tellsAnEffortToWhoTakesNoBudget(String thinking, String effort) {
        api.answers(whole(Provider.ANTHROPIC));
        api.refusesBy(request -> !request.path("thinking").path("type").asText().equals("enabled") ? null : """
                {"type":"error","error":{"type":"invalid_request_error","message":"\\"thinking.type.enabled\\" is not supported for this model. \
                Use \\"thinking.type.adaptive\\" and \\"output_config.effort\\" to control thinking behavior."}}""");
        try (var house = new House(api.environment(Provider.ANTHROPIC, "API_KEY", "sk-1", "THINKING", thinking))) {
            assertThat(house.asks("Hello")).isEqualTo("Good day");
            assertThat(api.sent().path("thinking").toString().replaceAll("\\s", "")).isEqualTo("{\"type\":\"adaptive\",\"display\":\"summarized\"}");
            assertThat(api.sent().path("output_config").path("effort").asText()).isEqualTo(effort);
            assertThat(api.sent().path("max_tokens").asInt()).as("thoughts and answer").isGreaterThan(17_000);
            house.listened = true;
            api.answers(pieces(Provider.ANTHROPIC));
            assertThat(house.asks("Hello")).isEqualTo("Good day");
            assertThat(house.calls("no-budget")).as("it was told once").isEqualTo(1);
        }
    }

    @Test
    void asksForTheLeastEffortWhereThinkingCannotBeTurnedOff() {
        api.answers(whole(Provider.ANTHROPIC));
        api.refusesBy(request -> !request.path("thinking").path("type").asText().equals("disabled") ? null : """
                {"type":"error","error":{"type":"invalid_request_error","message":"\\"thinking.type.disabled\\" is not supported for this model."}}""");
        try (var house = new House(api.environment(Provider.ANTHROPIC, "API_KEY", "sk-1", "THINKING", "off"))) {
            assertThat(house.asks("Hello")).isEqualTo("Good day");
            assertThat(api.sent().path("thinking").path("type").asText()).isEqualTo("adaptive");
            assertThat(api.sent().path("output_config").path("effort").asText()).isEqualTo("low");
        }
    }

    @Test
    void refusesWhatAnthropicTakesNeitherAsABudgetNorAsAnEffort() {
        api.answers(400, "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"thinking.type: no\"}}");
        try (var house = new House(api.environment(Provider.ANTHROPIC, "API_KEY", "sk-1", "THINKING", "low"))) {
            assertThatThrownBy(() -> house.asks("Hello")).isInstanceOf(Refused.class).hasMessageContaining("check window, thinking");
            assertThat(house.calls("no-budget")).isEqualTo(2);
        }
    }

    /** Some think unasked. */
    @ParameterizedTest
    @CsvSource({", , 16384", "off, , 16384", "low, , 6144", ", 900, 900", "low, 900, 2948"})
    void leavesRoomForWhatAnthropicThinksUnasked(String thinking, String most, int told) {
        api.answers(whole(Provider.ANTHROPIC));
        Attempt.whole(api.model(Provider.ANTHROPIC, "THINKING", thinking == null ? "" : thinking, "MAX_OUTPUT_TOKENS", most == null ? "" : most), HELLO);
        assertThat(api.sent().path("max_tokens").asInt()).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void knowsAPromptThatGeminiBlocks(boolean streams) {
        String blocked = "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},\"usageMetadata\":{\"promptTokenCount\":9,\"totalTokenCount\":9}}";
        api.answers(streams ? "data: " + blocked + "\n\n" : blocked);
        var failed = catchThrowableOfType(ModelFailed.class, () -> {
            if (streams) {
                Attempt.stream(api.model(Provider.GEMINI), HELLO, new Deaf());
            } else {
                Attempt.whole(api.model(Provider.GEMINI), HELLO);
            }
        });
        assertThat(failed.outcome()).isEqualTo("filtered");
        assertThat(failed.passing()).isFalse();
        assertThat(failed).hasMessageContaining("PROHIBITED_CONTENT");
    }

    @ParameterizedTest
    @CsvSource({
        "MISTRAL, finish_reason, stop, error, truncated",
        "GEMINI, finishReason, STOP, MALFORMED_FUNCTION_CALL, truncated",
        "ANTHROPIC, stop_reason, end_turn, refusal, filtered"})
    void knowsWhyAnAnswerIsNone(Provider provider, String key, String good, String bad, String outcome) {
        api.answers(pieces(provider).replace("\"%s\":\"%s\"".formatted(key, good), "\"%s\":\"%s\"".formatted(key, bad)));
        assertThat(catchThrowableOfType(ModelFailed.class, () -> Attempt.stream(api.model(provider), HELLO, new Deaf())).outcome()).isEqualTo(outcome);
        api.answers(whole(provider).replace("\"%s\":\"%s\"".formatted(key, good), "\"%s\":\"%s\"".formatted(key, bad)));
        assertThat(catchThrowableOfType(ModelFailed.class, () -> Attempt.whole(api.model(provider), HELLO)).outcome()).isEqualTo(outcome);
    }

    /** As long as there was room for is an answer, whatever the word for it. */
    @ParameterizedTest
    @CsvSource({"MISTRAL, finish_reason, stop, model_length", "ANTHROPIC, stop_reason, end_turn, model_context_window_exceeded"})
    void takesAnAnswerThatFilledTheWindow(Provider provider, String key, String good, String full) {
        api.answers(whole(provider).replace("\"%s\":\"%s\"".formatted(key, good), "\"%s\":\"%s\"".formatted(key, full)));
        assertThat(Attempt.whole(api.model(provider), HELLO).aiMessage().text()).isEqualTo("Good day");
    }

    @Test
    void takesWhatGeminiWritesAboutABlockForAnAnswer() {
        api.answers(whole(Provider.GEMINI).replace("Good day", "It says \\\"blockReason\\\": \\\"SAFETY\\\"."));
        assertThat(Attempt.whole(api.model(Provider.GEMINI), HELLO).aiMessage().text()).isEqualTo("It says \"blockReason\": \"SAFETY\".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "OPEN_AI   | 402 | {\"error\":{\"message\":\"Insufficient Balance\",\"type\":\"unknown_error\"}}",
        "OPEN_AI   | 402 | {\"error\":{\"code\":402}}",
        "OPEN_AI   | 429 | {\"error\":{\"message\":\"You exceeded it\",\"type\":\"insufficient_quota\"}}",
        "OPEN_AI   | 403 | {\"error\":\"Your team has insufficient credits\"}",
        "ANTHROPIC | 400 | {\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the API\"}}"})
    void saysThatAnAccountHasNoCredit(Provider provider, int status, String body) {
        api.answers(status, body);
        var failed = catchThrowableOfType(ModelFailed.class, () -> Attempt.whole(api.model(provider), HELLO));
        assertThat(failed).hasMessageContaining("check the credit of the account");
        assertThat(failed.passing()).isFalse();
        assertThat(failed.outcome()).isEqualTo(String.valueOf(status));
    }

    @Test
    void countsWhatGeminiThought() {
        api.answers(whole(Provider.GEMINI).replace("\"totalTokenCount\":3", "\"thoughtsTokenCount\":40,\"totalTokenCount\":43"));
        var expense = expense(Provider.GEMINI);
        assertThat(expense.tokensIn()).isEqualTo(1);
        assertThat(expense.tokensOut()).isEqualTo(42);
        assertThat(expense.cost()).isEqualByComparingTo("0.000850"); // 1 x 10 and 42 x 20 a million
    }

    @Test
    void countsWhatAnthropicKeeps() {
        api.answers(whole(Provider.ANTHROPIC).replace("\"input_tokens\":1,",
                "\"input_tokens\":100,\"cache_creation_input_tokens\":1000,\"cache_read_input_tokens\":10000,"));
        var expense = expense(Provider.ANTHROPIC);
        assertThat(expense.tokensIn()).isEqualTo(11_100);
        assertThat(expense.tokensOut()).isEqualTo(2);
        assertThat(expense.cost()).isEqualByComparingTo("0.023540"); // 100 + 1250 + 1000 x 10 and 2 x 20 a million
    }

    @ParameterizedTest
    @CsvSource({"1, 8000, 0.028040", ", 8000, 0.100040", "0, 8000, 0.020040", "1, 99999, 0.010040", "1, 0, 0.100040"})
    void countsWhatOpenAiHadInItsCache(String price, int cached, String cost) {
        api.answers(whole(Provider.OPEN_AI).replace("\"prompt_tokens\":1,", "\"prompt_tokens\":10000,\"prompt_tokens_details\":{\"cached_tokens\":%d},".formatted(cached)));
        var expense = expense(Provider.OPEN_AI, price == null ? "" : price);
        assertThat(expense.tokensIn()).isEqualTo(10_000);
        assertThat(expense.cost()).isEqualByComparingTo(cost);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN_AI", "OLLAMA", "MISTRAL"})
    void countsWhatItIsTold(Provider provider) {
        api.answers(whole(provider));
        var expense = expense(provider);
        assertThat(List.of(expense.tokensIn(), expense.tokensOut())).containsExactly(1, 2);
    }

    private static Listener heard(StringBuilder pieces) {
        return new Listener() {
            @Override
            public void starts() {
                pieces.append('|');
            }

            @Override
            public void hears(String token) {
                pieces.append(token).append('/');
            }
        };
    }

    private Expense expense(Provider provider) {
        return expense(provider, "");
    }

    private Expense expense(Provider provider, String priceCached) {
        var settings = CatalogueTest.catalogue(Map.of("SERAI_MODELS_MAIN_BASE_URL", api.url(), "SERAI_MODELS_MAIN_NAME", "m",
                "SERAI_MODELS_MAIN_PRICE_IN", "10", "SERAI_MODELS_MAIN_PRICE_CACHED", priceCached, "SERAI_MODELS_MAIN_PRICE_OUT", "20")).models().get("main");
        return Usage.expense(settings, HELLO, Attempt.whole(api.model(provider), HELLO), Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN_AI", "OLLAMA"})
    void goesWithoutAKeyToAServerOfOnesOwn(Provider provider) {
        api.answers(whole(provider));
        Attempt.whole(api.model(provider, "API_KEY", ""), HELLO);
        assertThat(api.headers()).doesNotContainKey("Authorization");
    }

    @ParameterizedTest
    @EnumSource(names = "OFFLINE", mode = EnumSource.Mode.EXCLUDE)
    void showsItsKey(Provider provider) {
        String header = switch (provider) {
            case ANTHROPIC -> "X-api-key";
            case GEMINI -> "X-goog-api-key";
            default -> "Authorization";
        };
        api.answers(whole(provider));
        Attempt.whole(api.model(provider, "API_KEY", "sk-secret"), HELLO);
        assertThat(api.headers().get(header)).singleElement().asString().endsWith("sk-secret");
        api.answers(pieces(provider));
        Attempt.stream(api.model(provider, "API_KEY", "sk-secret"), HELLO, new Deaf());
        assertThat(api.headers().get(header)).singleElement().asString().endsWith("sk-secret");
    }

    @Test
    void readsEveryKindOfRetryAfter() {
        assertThat(retryAfter("retry-after", "3")).isEqualTo(Duration.ofSeconds(3));
        assertThat(retryAfter("Retry-After", "0.25")).isEqualTo(Duration.ofMillis(250));
        assertThat(retryAfter("retry-after-ms", "1500")).isEqualTo(Duration.ofMillis(1_500));
        String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30));
        assertThat(retryAfter("retry-after", soon)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
        assertThat(retryAfter("retry-after", "Fri, 20 Nov 2020 12:00:00 GMT")).isEqualTo(Duration.ZERO);
        assertThat(retryAfter("retry-after", "soon")).isNull();
        assertThat(retryAfter("x-other", "3")).isNull();
    }

    private static Duration retryAfter(String name, String value) {
        return TurnedAway.retryAfter(HttpHeaders.of(Map.of(name, List.of(value)), (header, text) -> true), "");
    }

    static String whole(Provider provider) {
        return switch (provider) {
            case OPEN_AI, MISTRAL -> """
                    {"id":"1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Good day"},"finish_reason":"stop"}],
                     "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""";
            case ANTHROPIC -> """
                    {"id":"1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"Good day"}],
                     "stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2}}""";
            case OLLAMA -> """
                    {"model":"m","message":{"role":"assistant","content":"Good day"},"done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":2}""";
            case GEMINI -> """
                    {"candidates":[{"content":{"role":"model","parts":[{"text":"Good day"}]},"finishReason":"STOP"}],
                     "usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":3}}""";
            case OFFLINE -> "";
        };
    }

    private static String pieces(Provider provider) {
        return switch (provider) {
            case OPEN_AI, MISTRAL -> """
                    data: {"id":"1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Good"}}]}

                    data: {"id":"1","model":"m","choices":[{"index":0,"delta":{"content":" day"},"finish_reason":"stop"}]}

                    data: [DONE]

                    """;
            case ANTHROPIC -> """
                    event: message_start
                    data: {"type":"message_start","message":{"id":"1","model":"m","usage":{"input_tokens":1,"output_tokens":0}}}

                    event: content_block_start
                    data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Good"}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" day"}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":0}

                    event: message_delta
                    data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}

                    event: message_stop
                    data: {"type":"message_stop"}

                    """;
            case OLLAMA -> """
                    {"model":"m","message":{"role":"assistant","content":"Good"},"done":false}
                    {"model":"m","message":{"role":"assistant","content":" day"},"done":false}
                    {"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":2}
                    """;
            case GEMINI -> """
                    data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Good"}]}}]}

                    data: {"candidates":[{"content":{"role":"model","parts":[{"text":" day"}]},"finishReason":"STOP"}]}

                    """;
            case OFFLINE -> "";
        };
    }

    private static final class Deaf implements Listener {

        @Override
        public void starts() {}

        @Override
        public void hears(String token) {}
    }
}
