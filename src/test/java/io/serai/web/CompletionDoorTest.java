package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.town.Town;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenAI's clients find a model that remembers. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class CompletionDoorTest {

    private static final String PATH = "/v1/chat/completions";

    private final Town town = Gate.town();
    private final String user = "user-" + UUID.randomUUID();

    @AfterEach
    void recover() {
        town.model().says("Good day.").drips(Duration.ZERO).takes(Duration.ZERO).recovers();
    }

    @Test
    void answersAsOpenAiWould() {
        town.model().says("Good day, Ann.");
        JsonNode whole = Gate.program().posts(PATH, says("Hello", false)).json();

        assertThat(whole.path("id").asText()).startsWith("chatcmpl-");
        assertThat(whole.path("object").asText()).isEqualTo("chat.completion");
        assertThat(whole.path("created").asLong()).isPositive();
        assertThat(whole.path("model").asText()).isEqualTo("gpt-x");
        assertThat(whole.at("/choices/0/index").asInt()).isZero();
        assertThat(whole.at("/choices/0/message/role").asText()).isEqualTo("assistant");
        assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo("Good day, Ann.");
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(whole.at("/usage/total_tokens").asInt())
                .isEqualTo(whole.at("/usage/prompt_tokens").asInt() + whole.at("/usage/completion_tokens").asInt());
    }

    @Test
    void streamsWordByWord() {
        town.model().says("One two three.").drips(Duration.ofMillis(50));

        List<String> data = Gate.program().hears(PATH, says("Count", true)).toList();
        List<JsonNode> chunks = data.stream().filter(line -> !line.equals("[DONE]")).map(Caller::read).toList();

        assertThat(data.getLast()).isEqualTo("[DONE]");
        assertThat(chunks.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(words(chunks)).isEqualTo("One two three.");
        assertThat(chunks.stream().filter(chunk -> !chunk.at("/choices/0/delta/content").asText().isEmpty()).count()).isGreaterThan(1);
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk"));
        assertThat(chunks.stream().map(chunk -> chunk.path("id").asText()).distinct()).hasSize(1);
    }

    @Test
    void tellsTheCostOfAStreamOnlyWhenAsked() {
        String body = says("Hello", true).replace("\"stream\": true", "\"stream\": true, \"stream_options\": {\"include_usage\": true}");
        List<String> data = Gate.program().hears(PATH, body).toList();
        JsonNode last = Caller.read(data.get(data.size() - 2));

        assertThat(last.path("choices")).isEmpty();
        assertThat(last.path("usage").has("total_tokens")).isTrue();
        assertThat(Gate.program().hears(PATH, says("Hello", true))).noneMatch(line -> line.contains("usage"));
    }

    @Test
    void doublesNoWordWhenAnAttemptBeginsAnew() {
        town.model().says("One two three four.").drips(Duration.ofMillis(20)).resetsMidStream();

        assertThat(words(chunks(says("Count", true)))).isEqualTo("One two three four.");
    }

    @Test
    void endsTheStreamWhenAnAttemptSaysSomethingElse() {
        var answers = List.of("One two three four. ".repeat(40), "Uno dos tres cuatro.").iterator();
        List<JsonNode> chunks = new CopyOnWriteArrayList<>();
        // by then an answer is given word by word, and of what a reset overtakes nothing is
        town.model().answersBy(request -> answers.next()).goesOnWhen(said -> said.length() <= 240 || words(chunks).length() > 240).resetsMidStream();
        String key = UUID.randomUUID().toString();

        Gate.program().with("Idempotency-Key", key).hears(PATH, says("Count", true)).map(Caller::read).forEach(chunks::add);

        assertThat(chunks.getLast().at("/error/code").asText()).isEqualTo("restarted");
        String given = words(chunks);
        assertThat("One two three four. ".repeat(20)).as("what a reset lets through").startsWith(given);
        assertThat(given).hasSizeGreaterThan(240);
        var again = Gate.program().with("Idempotency-Key", key).posts(PATH, says("Count", false));
        assertThat(again.json().at("/choices/0/message/content").asText()).isEqualTo("Uno dos tres cuatro.");
    }

    @Test
    void remembersByItself() {
        Gate.program().posts(PATH, says("My name is Ann.", false));
        int before = town.model().requests().size();
        Gate.program().posts(PATH, says("What is my name?", false));

        assertThat(town.model().requests().get(before).messages("user").toString()).contains("My name is Ann.");
    }

    @Test
    void keepsTheUsersOfTokensApart() {
        Gate.program(Rank.OPERATOR).posts(PATH, says("My secret is 4711.", false));
        int before = town.model().requests().size();
        Gate.program(Rank.OPERATOR).posts(PATH, says("What is my secret?", false));

        assertThat(town.model().requests().get(before).json().toString()).contains("What is my secret?").doesNotContain("4711");
    }

    @Test
    void answersTheSameKeyOnce() {
        String key = UUID.randomUUID().toString();
        town.model().says("The first.");
        var first = Gate.program().with("Idempotency-Key", key).posts(PATH, says("Hello", false));
        town.model().says("The second.");
        var again = Gate.program().with("Idempotency-Key", key).posts(PATH, says("Hello", false));

        assertThat(again.json().at("/choices/0/message/content").asText()).isEqualTo("The first.");
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    }

    @Test
    void keepsTheSameKeyOfTwoUsersApart() {
        String key = UUID.randomUUID().toString();
        town.model().says("Your secret is 4711.");
        Gate.program().with("Idempotency-Key", key).posts(PATH, says("What is my secret?", false));
        town.model().says("You have none.");
        var other = Gate.program().with("Idempotency-Key", key).posts(PATH, says("What is my secret?", false).replace(user, "other-" + user));

        assertThat(other.json().at("/choices/0/message/content").asText()).isEqualTo("You have none.");
        assertThat(town.sql().sql("select count(*) from message join address on address.id = address_id where handle = :other and role = 'user'")
                .param("other", "other-" + user).query(Integer.class).single()).isEqualTo(1);
    }

    @Test
    void givesADuplicateItsAnswerAsAStreamToo() {
        String key = UUID.randomUUID().toString();
        Gate.program().with("Idempotency-Key", key).posts(PATH, says("Hello", false));

        assertThat(words(Gate.program().with("Idempotency-Key", key).hears(PATH, says("Hello", true))
                .filter(line -> !line.equals("[DONE]")).map(Caller::read).toList())).isEqualTo("Good day.");
    }

    @Test
    void finishesTheAnswerOfAClientThatLeft() {
        town.model().says("One two three four five six.").drips(Duration.ofMillis(100));
        try (var stream = Gate.program().hears(PATH, says("Count", true))) {
            assertThat(stream.findFirst()).isPresent();
        }

        Awaitility.await().untilAsserted(() -> assertThat(town.sql().sql("""
                select reply.text
                from message asked join address on address.id = asked.address_id join message reply on reply.id = asked.answer_id
                where address.handle = :user
                """).param("user", user).query(String.class).list()).containsExactly("One two three four five six."));
    }

    @Test
    void saysWhenNoAnswerCouldBeFound() {
        town.model().keepsFailing(400);

        var answer = Gate.program().posts(PATH, says("Hello", false));

        assertThat(answer.status()).as(answer.text()).isEqualTo(502);
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("unanswered");
        assertThat(Caller.read(Gate.program().hears(PATH, says("Hello again", true)).toList().getLast()).at("/error/code").asText())
                .isEqualTo("unanswered");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "{'messages': []}; 400; invalid; messages must have",
        "{'messages': [{'role': 'user', 'content': [{'type': 'image_url'}]}]}; 400; invalid; pictures",
        "{'messages': 5}; 400; malformed; wrong type in messages",
        "{'messages': [; 400; malformed; line 1"
    })
    void saysWhatIsWrongInOpenAisWords(String body, int status, String code, String message) {
        var answer = Gate.program().posts(PATH, body.replace('\'', '"'));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(answer.json().at("/error/code").asText()).isEqualTo(code);
        assertThat(answer.json().at("/error/message").asText()).contains(message);
    }

    @Test
    void letsNobodyInWithoutTheRightToken() {
        assertThat(Gate.stranger().posts(PATH, says("Hello", false)).json().at("/error/code").asText()).isEqualTo("invalid_api_key");
        assertThat(Gate.stranger().withToken("sk-wrong").posts(PATH, says("Hello", false)).status()).isEqualTo(401);
        assertThat(Gate.admin().posts(PATH, says("Hello", false)).status()).isEqualTo(401);
        assertThat(Gate.program(Rank.VIEWER).posts(PATH, says("Hello", false)).json().at("/error/type").asText())
                .isEqualTo("permission_error");
    }

    @Test
    void listsTheOneModel() {
        assertThat(Gate.program().gets("/v1/models").json().at("/data/0/id").asText()).isEqualTo("serai");
    }

    private List<JsonNode> chunks(String body) {
        return Gate.program().hears(PATH, body).filter(line -> !line.equals("[DONE]")).map(Caller::read).toList();
    }

    private static String words(List<JsonNode> chunks) {
        return chunks.stream().map(chunk -> chunk.at("/choices/0/delta/content").asText()).collect(Collectors.joining());
    }

    private String says(String text, boolean stream) {
        return """
                {"model": "gpt-x", "user": "%s", "stream": %s, "temperature": 0.5, "messages": [{"role": "user", "content": "%s"}]}
                """.formatted(user, stream, text);
    }
}
