package io.serai.think;

import static io.serai.think.House.both;
import static io.serai.think.House.of;
import static io.serai.think.House.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.serai.message.Cut;
import io.serai.message.Later;
import io.serai.message.Layer;
import io.serai.message.Layer.Place;
import io.serai.message.Line;
import io.serai.message.Refused;
import io.serai.message.Role;
import io.serai.message.Utterance;
import io.serai.proof.Port;
import io.serai.town.Printed;
import io.serai.town.ScriptedModel;
import io.serai.town.ScriptedModel.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when a model does not answer. */
@ResourceLock(House.TOLD)
class FailoverTest {

    private final ScriptedModel first = ScriptedModel.start().says("I am the first.");
    private final ScriptedModel spare = ScriptedModel.start().says("I am the spare.");

    @AfterEach
    void close() {
        first.close();
        spare.close();
    }

    @Test
    void comesBackWhenItIsTold() throws Exception {
        try (var house = new House(of("main", first))) {
            first.fails(429, Duration.ofSeconds(1));
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
            var times = first.requests().stream().map(ScriptedModel.Request::at).toList();
            assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(house.calls("429")).isEqualTo(1);
        }
    }

    @Test
    void tellsTheOthersWhenToComeBack() throws Exception {
        try (var house = new House(of("main", first))) {
            first.fails(429, Duration.ofSeconds(1)).fails(429, Duration.ofSeconds(1));
            house.asks("Hello");
            assertThat(first.requests()).hasSize(3);
            var times = first.requests().stream().map(ScriptedModel.Request::at).toList();
            assertThat(Duration.between(times.get(1), times.get(2))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void waitsForWhatAnotherWasToldMeanwhile() throws Exception {
        try (var house = new House(of("main", first))) {
            first.failsAfter(Duration.ofMillis(500), 429, Duration.ofSeconds(3)).fails(429, Duration.ofSeconds(1));
            var other = Thread.startVirtualThread(() -> house.asks("Hello"));
            await().until(() -> first.requests().size() == 1);
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
            other.join();
            var times = first.requests().stream().map(ScriptedModel.Request::at).toList();
            assertThat(times).hasSize(4);
            assertThat(Duration.between(times.get(0), times.get(2))).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void asksTheFallbackWhenTheWaitIsLong() throws Exception {
        try (var house = new House(both(of("main", first, "FALLBACK", "spare"), of("spare", spare)))) {
            first.fails(429, Duration.ofSeconds(60));
            var reply = house.think.think(prompt("Hello"), "main");
            assertThat(reply.text()).isEqualTo("I am the spare.");
            assertThat(reply.author()).isEqualTo("spare-model");
            house.asks("Hello again");
            assertThat(first.requests()).as("it is left alone for a minute").hasSize(1);
        }
    }

    @Test
    void givesAFallbackWithASmallWindowWhatIsMostPrecious() throws Exception {
        var notes = weighed("notes", Place.PREFIX, true, List.of(new Line("note:1", null, House.NOON, "No list prices. " + "Be kind. ".repeat(100))));
        var recent = weighed("recent", Place.TALK, false, IntStream.range(0, 60).mapToObj(number -> spoken(number)).toList());
        var promises = weighed("commitments", Place.TURN, true, List.of(new Line("commitment:1", null, House.NOON, "we promised: send the quote")));
        var facts = weighed("facts", Place.PREFIX, false, List.of(new Line("fact:1", null, House.NOON, "Likes blue")));
        var found = weighed("recall", Place.TURN, false, List.of(new Line("message:1", null, House.NOON, "Had a stool")));
        spare.refusesBy(request -> cost(request) < 8_192 ? null : "This model's maximum context length is 8192 tokens.");
        try (var house = new House(both(of("main", first, "FALLBACK", "spare"), of("spare", spare, "WINDOW", "8192")))) {
            first.fails(401);
            var reply = house.think.think(prompt("Do you have chairs?", notes, facts, recent, promises, found), "main");
            assertThat(reply.author()).isEqualTo("spare-model");
            var all = first.requests().getFirst();
            assertThat(all.json().toString()).contains("Line 0 ", "Line 59 ", "Likes blue", "Had a stool");
            assertThat(cost(all)).isGreaterThan(8_192);
            var less = spare.requests().getFirst();
            assertThat(cost(less)).isBetween(4_500, 5_400);
            assertThat(less.system()).contains("No list prices.", "Likes blue");
            assertThat(less.messages("assistant")).noneMatch(text -> text.contains("Line 1 ")).anyMatch(text -> text.contains("Line 59 "));
            assertThat(less.lastUser()).contains("we promised: send the quote").doesNotContain("Had a stool").endsWith("</now>\n\nDo you have chairs?");
            assertThat(reply.prompt().laid()).as("what is kept").extracting(Utterance::text).containsExactlyElementsOf(texts(less));
            assertThat(reply.prompt().layers().getLast().cuts()).containsExactly(new Cut("message:1", "no room in the window of the model that answered"));
        }
    }

    @Test
    void givesAFallbackWithASmallWindowALongMailInShortAndALittleOfTheTalk() throws Exception {
        var recent = weighed("recent", Place.TALK, false, IntStream.range(0, 60).mapToObj(number -> spoken(number)).toList());
        spare.refusesBy(request -> cost(request) < 4_096 ? null : "This model's maximum context length is 4096 tokens.");
        try (var house = new House(both(of("main", first, "FALLBACK", "spare"), of("spare", spare, "WINDOW", "4096")))) {
            first.fails(401);
            assertThat(house.think.think(prompt("Dear Serai. " + "Blue chairs. ".repeat(5_000) + "When?", recent), "main").text()).isEqualTo("I am the spare.");
            assertThat(spare.requests().getFirst().lastUser()).contains("</now>\n\nDear Serai. Blue chairs.", "[cut: ").endsWith("Blue chairs. When?");
            assertThat(spare.requests().getFirst().messages("assistant")).anyMatch(text -> text.contains("Line 59 "));
            assertThat(first.requests().getFirst().lastUser()).doesNotContain("[cut: ");
        }
    }

    @Test
    void givesAFallbackWithASmallWindowWhatToolsToldBesides() throws Exception {
        var recent = weighed("recent", Place.TALK, false, IntStream.range(0, 60).mapToObj(number -> spoken(number)).toList());
        spare.refusesBy(request -> cost(request) < 8_192 ? null : "This model's maximum context length is 8192 tokens.");
        try (var house = new House(both(of("main", first, "FALLBACK", "spare"), of("spare", spare, "WINDOW", "8192")))) {
            house.kit.add("stock", call -> "Twelve chairs in the cellar, one of them red. ".repeat(160));
            first.asksFor(new Call("stock", "{}"), new Call("stock", "{}"), new Call("stock", "{}")).fails(401);
            var reply = house.think.think(prompt("Do you have chairs?", recent), "main");
            assertThat(reply.text()).isEqualTo("I am the spare.");
            assertThat(spare.requests().getFirst().told()).hasSize(3).allMatch(text -> text.length() > 7_000);
            assertThat(spare.requests().getFirst().lastUser()).endsWith("Do you have chairs?");
        }
    }

    @Test
    void givesAFallbackWithALargerWindowTheSame() throws Exception {
        var recent = weighed("recent", Place.TALK, false, IntStream.range(0, 60).mapToObj(number -> spoken(number)).toList());
        try (var house = new House(both(of("main", first, "FALLBACK", "spare"), of("spare", spare, "WINDOW", "200000")))) {
            first.fails(401);
            house.think.think(prompt("Do you have chairs?", recent), "main");
            assertThat(texts(spare.requests().getFirst())).isEqualTo(texts(first.requests().getFirst()));
        }
    }

    @Test
    void putsOffWhatHasNoFallback() throws Exception {
        try (var house = new House(of("main", first))) {
            first.fails(429, Duration.ofSeconds(60));
            var later = catchThrowableOfType(Later.class, () -> house.asks("Hello"));
            assertThat(later.pause()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
            assertThat(later.counts()).as("it was asked").isTrue();
            assertThat(catchThrowableOfType(Later.class, () -> house.asks("Hello")).counts()).as("it was not").isFalse();
        }
    }

    @Test
    void isInNoHurryWhenItMayComeBackAtOnce() throws Exception {
        try (var house = new House(of("main", first))) {
            first.fails(429, Duration.ZERO).fails(429, Duration.ZERO);
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
            var times = first.requests().stream().map(ScriptedModel.Request::at).toList();
            assertThat(Duration.between(times.get(0), times.get(2))).as("both pauses of the back-off").isGreaterThanOrEqualTo(Duration.ofMillis(500));
        }
    }

    @Test
    void waitsNotForAFallbackWhileTheFirstIsOnlyBrieflyAway() throws Exception {
        try (var house = new House(both(of("main", first, "FALLBACK", "spare", "ATTEMPTS", "1"), of("spare", spare)))) {
            first.fails(503);
            spare.fails(429, Duration.ofHours(1));
            assertThatThrownBy(() -> house.asks("Hello")).isInstanceOf(NoModelAnswered.class).hasMessageContaining("503").hasMessageContaining("429");
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
        }
    }

    @Test
    void letsTheOfflineModelStandInForTalkAlone() throws Exception {
        try (var house = new House(both(of("main", first, "FALLBACK", "spare", "ATTEMPTS", "1"), Map.of("SERAI_MODELS_SPARE_PROVIDER", "offline")))) {
            first.fails(503).fails(503);
            assertThatThrownBy(() -> house.models.role("small").chat("Sum it up")).isInstanceOf(NoModelAnswered.class);
            assertThat(house.asks("Hello")).startsWith("Hello. Tell me something");
        }
    }

    @Test
    void asksWithoutATemperatureWhoTakesNone(Printed output) throws Exception {
        try (var house = new House(of("main", first))) {
            first.takesNoTemperature();
            assertThat(house.models.role("small").chat("Sum it up")).isEqualTo("I am the first.");
            assertThat(house.models.role("small").chat("Sum it up")).isEqualTo("I am the first.");
            assertThat(first.requests()).extracting(request -> request.json().has("temperature")).containsExactly(true, false, false);
            assertThat(output.toString().split("takes no temperature", -1)).hasSize(2);
        }
    }

    @Test
    void asksATemperatureThatSomebodySetOnlyOnce() throws Exception {
        try (var house = new House(of("main", first, "TEMPERATURE", "0.3"))) {
            first.takesNoTemperature();
            assertThatThrownBy(() -> house.models.role("small").chat("Sum it up")).isInstanceOf(Refused.class).hasMessageContaining("check window, thinking, temperature, max-output-tokens");
            assertThat(first.requests()).hasSize(1);
        }
    }

    /** OpenAI's own address, or a gateway to it, written out. */
    @Test
    void asksWithCompletionTokensWhoTakesNoMaxTokens(Printed output) throws Exception {
        try (var house = new House(of("main", first, "MAX_OUTPUT_TOKENS", "500", "ATTEMPTS", "1"))) {
            first.refusesBy(request -> !request.json().has("max_tokens") ? null
                    : "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.");
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
            house.listened = true;
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
            assertThat(first.requests()).extracting(request -> request.json().path("max_tokens").asInt()).containsExactly(500, 0, 0);
            assertThat(first.requests()).extracting(request -> request.json().path("max_completion_tokens").asInt()).containsExactly(0, 500, 500);
            assertThat(output.toString().split("takes no max_tokens", -1)).hasSize(2);
        }
    }

    @Test
    void refusesAnAnswerThatMayNotBeThatLong() throws Exception {
        try (var house = new House(of("main", first, "MAX_OUTPUT_TOKENS", "500000"))) {
            first.refusesBy(request -> "max_tokens is too large: 500000.");
            assertThatThrownBy(() -> house.asks("Hello")).isInstanceOf(Refused.class).hasMessageContaining("max-output-tokens");
            assertThat(first.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "abort"})
    void takesHalfForNoAnswer(String reason) throws Exception {
        try (var house = new House(of("main", first))) {
            first.endsWith(reason);
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
            assertThat(house.calls("truncated")).isEqualTo(1);
        }
    }

    @Test
    void refusesAnAnswerThatHasNoRoom() throws Exception {
        try (var house = new House(of("main", first))) {
            first.says("").endsWith("length");
            assertThatThrownBy(() -> house.asks("Hello")).isInstanceOf(Refused.class).hasMessageContaining("check max-output-tokens, thinking");
            assertThat(first.requests()).hasSize(1);
        }
    }

    @Test
    void takesThoughtsForNoAnswer() throws Exception {
        try (var house = new House(both(of("main", first, "FALLBACK", "spare", "ATTEMPTS", "1"), of("spare", spare)))) {
            first.says("<think>They want a discount.</think>\n");
            assertThat(house.asks("Hello")).isEqualTo("I am the spare.");
            assertThat(house.calls("empty")).isEqualTo(1);
            first.says("<think>They want a discount. And then").endsWith("length");
            assertThat(house.asks("Hello")).isEqualTo("I am the spare.");
            assertThat(house.calls("length")).isEqualTo(1);
        }
    }

    @Test
    void saysOnceThatAnswersAreCutOff(Printed output) throws Exception {
        try (var house = new House(of("main", first))) {
            first.endsWith("length").endsWith("length");
            assertThat(house.asks("Hello")).isEqualTo("I am");
            assertThat(house.asks("Hello")).isEqualTo("I am");
            assertThat(output.toString().split("was cut off", -1)).hasSize(2);
            assertThat(output).contains("raise its max-output-tokens or window");
        }
    }

    @Test
    void isWellAgainWithoutAWordOnceAModelMayBeAsked(Printed output) throws Exception {
        try (var house = new House(of("main", first, "ATTEMPTS", "1", "COOL_DOWN", "1s"))) {
            first.keepsFailing(500);
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> house.asks("Hello")).isInstanceOf(NoModelAnswered.class);
            }
            assertThat(output).contains("is left alone for 1 s");
            await().until(() -> new ModelsHealth(house.models).health().getStatus().getCode().equals("UP"));
            assertThat(first.requests()).hasSize(5);
        }
    }

    @Test
    void triesAgainAfterWhatPasses() throws Exception {
        try (var house = new House(of("main", first))) {
            first.fails(503).fails(500);
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
            assertThat(first.requests()).hasSize(3);
        }
    }

    @Test
    void failsOverAfterTheLastTryAndSaysSoOnce(Printed output) throws Exception {
        try (var house = new House(both(of("main", first, "FALLBACK", "spare", "ATTEMPTS", "2"), of("spare", spare)))) {
            first.keepsFailing(500);
            assertThat(house.asks("My secret is tulip")).isEqualTo("I am the spare.");
            assertThat(house.asks("My secret is tulip")).isEqualTo("I am the spare.");
            assertThat(output.toString().split("is played by its fallback", -1)).hasSize(2);
            first.recovers();
            assertThat(house.asks("My secret is tulip")).isEqualTo("I am the first.");
            assertThat(output.toString()).contains("is played by main-model again").doesNotContain("tulip");
        }
    }

    @Test
    void asksAKeyThatIsWrongOnlyOnce() throws Exception {
        try (var house = new House(both(of("main", first, "FALLBACK", "spare"), of("spare", spare)))) {
            first.fails(401);
            assertThat(house.asks("Hello")).isEqualTo("I am the spare.");
            assertThat(first.requests()).hasSize(1);
        }
    }

    @Test
    void refusesWhatNoRetryWillHelpAndKeepsTheKey(Printed output) throws Exception {
        try (var house = new House(of("main", first, "API_KEY", "sk-very-secret"))) {
            first.fails(401);
            var refused = catchThrowableOfType(Refused.class, () -> house.asks("Hello"));
            assertThat(refused).hasMessageContaining("main").hasMessageContaining("main-model").hasMessageContaining("HTTP 401")
                    .hasMessageContaining("check api-key");
            assertThat(first.requests().getFirst().header("Authorization")).isEqualTo("Bearer sk-very-secret");
            var trace = new java.io.StringWriter();
            refused.printStackTrace(new java.io.PrintWriter(trace));
            assertThat(trace.toString() + output).doesNotContain("sk-very-secret");
        }
    }

    @Test
    void refusesAQuestionTheModelCannotTake() throws Exception {
        try (var house = new House(of("main", first))) {
            first.fails(400);
            assertThatThrownBy(() -> house.asks("Hello")).isInstanceOf(Refused.class).hasMessageContaining("HTTP 400 scripted_error");
        }
    }

    @Test
    void triesAgainLaterWhenNobodyIsThere() throws Exception {
        try (var nobody = new Port();
                var house = new House(both(of("main", first, "ATTEMPTS", "2"),
                        java.util.Map.of("SERAI_MODELS_MAIN_BASE_URL", "http://127.0.0.1:" + nobody.number())))) {
            assertThatThrownBy(() -> house.asks("Hello")).isInstanceOf(NoModelAnswered.class).hasMessageContaining("the connection failed");
            assertThat(house.calls("network")).isEqualTo(2);
        }
    }

    @Test
    void doesNotWaitForEver() throws Exception {
        try (var house = new House(both(of("main", first, "FALLBACK", "spare", "TIMEOUT", "1s"), of("spare", spare)))) {
            first.takes(Duration.ofSeconds(30));
            assertThat(house.asks("Hello")).isEqualTo("I am the spare.");
            assertThat(house.calls("timeout")).isEqualTo(1);
        }
    }

    @Test
    void takesNothingForNoAnswer() throws Exception {
        try (var house = new House(of("main", first))) {
            first.saysNothing();
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
            assertThat(house.calls("empty")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void booksWhatAnAnswerTookThatIsThrownAway(boolean streams) throws Exception {
        try (var house = new House(of("main", first, "PRICE_IN", "1000000"))) {
            house.listened = streams;
            first.saysNothing();
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
            assertThat(house.meters.find("serai.tokens").tag("direction", "in").counter().count()).as("of both calls").isEqualTo(22);
            assertThat(house.meters.find("serai.cost").counter().count()).isEqualTo(22);
        }
    }

    @Test
    void takesNonsenseForNoAnswer() throws Exception {
        try (var house = new House(of("main", first))) {
            first.sends("<html>Welcome to my router</html>").sends("{}").says("I am the first.");
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
            assertThat(house.calls("unreadable")).isEqualTo(2);
        }
    }

    @Test
    void handsOnAHugeAnswer() throws Exception {
        try (var house = new House(of("main", first))) {
            String huge = "word ".repeat(400_000).strip();
            first.says(huge);
            assertThat(house.asks("Hello")).isEqualTo(huge);
        }
    }

    @Test
    void refusesAnAnswerWithoutEnd() throws Exception {
        try (var house = new House(both(of("main", first, "FALLBACK", "spare"), of("spare", spare)))) {
            first.says("word ".repeat(4_000_000));
            assertThat(house.asks("Hello")).isEqualTo("I am the spare.");
            assertThat(house.calls("too-long")).isEqualTo(1);
        }
    }

    @Test
    void leavesAModelAloneThatFailsAndComesBackToIt(Printed output) throws Exception {
        try (var house = new House(both(of("main", first, "FALLBACK", "spare", "ATTEMPTS", "1", "COOL_DOWN", "5s"), of("spare", spare)))) {
            first.keepsFailing(500);
            for (int i = 0; i < 8; i++) {
                assertThat(house.asks("Hello")).isEqualTo("I am the spare.");
            }
            assertThat(first.requests()).hasSize(5);
            assertThat(output).contains("is left alone for 5 s");
            var health = new ModelsHealth(house.models).health();
            assertThat(health.getStatus().getCode()).isEqualTo("UP");
            assertThat(health.getDetails().get("main").toString()).contains("status=DOWN").contains("500").contains("left alone");
            first.recovers();
            await().until(() -> house.asks("Hello").equals("I am the first."));
            house.asks("Hello");
            assertThat(output).contains("Model main (main-model) answers again");
        }
    }

    @Test
    void putsOffWhatAModelLeftAloneWouldAnswer() throws Exception {
        try (var house = new House(of("main", first, "ATTEMPTS", "1"))) {
            first.keepsFailing(500);
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> house.asks("Hello")).isInstanceOf(NoModelAnswered.class);
            }
            var later = catchThrowableOfType(Later.class, () -> house.asks("Hello"));
            assertThat(later.counts()).isFalse();
            assertThat(later.pause()).isLessThanOrEqualTo(Duration.ofSeconds(30));
            assertThat(new ModelsHealth(house.models).health().getStatus().getCode()).isEqualTo("DOWN");
        }
    }

    @Test
    void putsTheOthersOffForDifferentTimesWhileAModelIsTriedAgain() throws Exception {
        try (var house = new House(of("main", first, "ATTEMPTS", "1", "COOL_DOWN", "3s"))) {
            first.keepsFailing(500);
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> house.asks("Hello")).isInstanceOf(NoModelAnswered.class);
            }
            await().until(() -> new ModelsHealth(house.models).health().getStatus().getCode().equals("UP"));
            var answer = new CompletableFuture<String>();
            first.recovers().answersBy(request -> answer.join());
            List<Thread> tries = Stream.generate(() -> Thread.startVirtualThread(() -> house.asks("Hello"))).limit(2).toList();
            await().until(() -> first.requests().size() == 7);

            var later = Stream.generate(() -> catchThrowableOfType(Later.class, () -> house.asks("Hello"))).limit(20).toList();
            answer.complete("I am the first.");

            assertThat(later).extracting(Later::counts).containsOnly(false);
            assertThat(later).extracting(Later::pause).allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3)));
            assertThat(Set.copyOf(later.stream().map(Later::pause).toList())).as("they come back one by one").hasSizeGreaterThan(5);
            assertThat(later.getFirst()).as("who is told of").hasCauseInstanceOf(ModelFailed.class);
            assertThat(later.subList(1, 20)).as("who only waits").allSatisfy(waits -> assertThat(waits).hasNoCause());
            for (Thread each : tries) {
                each.join();
            }
            assertThat(house.asks("Hello")).isEqualTo("I am the first.");
        }
    }

    @Test
    void countsATryAfterWhichTheModelIsLeftAlone() throws Exception {
        try (var house = new House(of("main", first))) {
            first.keepsFailing(500);
            assertThatThrownBy(() -> house.asks("Hello")).isInstanceOf(NoModelAnswered.class);
            assertThatThrownBy(() -> house.asks("Hello")).isInstanceOf(NoModelAnswered.class);
            assertThat(first.requests()).hasSize(5);
            assertThat(catchThrowableOfType(Later.class, () -> house.asks("Hello")).counts()).isFalse();
        }
    }

    @Test
    void asksEachFallbackOnce() throws Exception {
        try (var third = ScriptedModel.start().keepsFailing(401);
                var house = new House(both(
                        both(of("main", first, "FALLBACK", "spare,third"), of("spare", spare, "FALLBACK", "third")), of("third", third)))) {
            first.keepsFailing(404);
            spare.keepsFailing(403);
            assertThatThrownBy(() -> house.asks("Hello"))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("HTTP 404").hasMessageContaining("HTTP 403").hasMessageContaining("HTTP 401");
            assertThat(List.of(first.requests().size(), spare.requests().size(), third.requests().size())).containsExactly(1, 1, 1);
        }
    }

    @Test
    void blamesNoModelForOurOwnStopping() throws Exception {
        try (var house = new House(both(of("main", first, "FALLBACK", "spare"), of("spare", spare)))) {
            first.takes(Duration.ofSeconds(30));
            var failure = new java.util.concurrent.CompletableFuture<Throwable>();
            var asking = Thread.startVirtualThread(() -> {
                try {
                    failure.complete(new AssertionError(house.asks("Hello")));
                } catch (RuntimeException stopped) {
                    failure.complete(stopped);
                }
            });
            await().until(() -> first.requests().size() == 1);
            asking.interrupt();
            assertThat(failure.get(5, java.util.concurrent.TimeUnit.SECONDS)).isInstanceOf(NoModelAnswered.class)
                    .hasMessageContaining("we stopped");
            assertThat(house.calls("stopped")).isEqualTo(1);
            assertThat(spare.requests()).isEmpty();
        }
    }

    private static Line spoken(int number) {
        return new Line("message:" + number, number % 2 == 0 ? Role.USER : Role.ASSISTANT, House.NOON.minusSeconds(600 - number),
                "Line " + number + " of ours" + " and so on".repeat(66));
    }

    private static Layer weighed(String name, Place place, boolean whole, List<Line> lines) {
        return new Layer(name, "What was said", place, whole, 500, lines, lines.stream().mapToInt(Tokens::of).sum(), List.of());
    }

    private static List<String> texts(ScriptedModel.Request request) {
        return Stream.of(request.json().path("messages")).flatMap(messages -> messages.findValuesAsText("content").stream()).toList();
    }

    private static int cost(ScriptedModel.Request request) {
        return Stream.of("system", "user", "assistant", "tool").flatMap(role -> request.messages(role).stream()).mapToInt(Tokens::in).sum();
    }
}
