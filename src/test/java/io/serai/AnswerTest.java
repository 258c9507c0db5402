package io.serai;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.ScriptedModel;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The way of a message, from the page and back to it. */
@Tag("database")
@ResourceLock(Town.SHARED)
class AnswerTest {

    private final Town town = Town.shared();
    private final Visitor customer = town.visitor();

    /** Something that no other scene says, so that requests can be told apart. */
    private final String mark = UUID.randomUUID().toString();

    @Test
    void answersWhatWasAsked() {
        town.model().says("Good morning.");
        customer.says("Hello");
        customer.hears("Good morning.");
    }

    @Test
    void tellsTheModelWhatWasSaidBeforeAsATalk() {
        town.model().says("Nice to meet you.");
        customer.says("I am Ada, " + mark);
        customer.hears();
        customer.says("Who am I?");
        customer.hears();
        ScriptedModel.Request request = lastRequest();
        assertThat(request.messages("user")).hasSize(2).first().asString().contains("I am Ada");
        assertThat(request.messages("assistant")).containsExactly("Nice to meet you.");
    }

    @Test
    void showsAnAnswerThatWasStillBeingWrittenWhenTheyWentOn() {
        int asked = town.model().requests().size();
        town.model().takes(Duration.ofSeconds(1)).says("The first answer " + mark);
        customer.says("The first question");
        Awaitility.await().until(() -> town.model().requests().size() > asked);
        customer.says("The second question");
        customer.hears();
        customer.hears();
        town.model().takes(Duration.ZERO);
        assertThat(lastRequest().messages("assistant")).containsExactly("The first answer " + mark);
    }

    @Test
    void keepsTheFirstPromptSmall() {
        town.model().says("Hello to you.");
        customer.says("hello");
        customer.hears();
        assertThat(lastRequest().json().toString()).hasSizeLessThan(2_048);
    }

    @Test
    void startsOverWithoutForgetting() {
        town.model().says("I see.");
        customer.says("Our budget for the heat pumps is $40,000 " + mark);
        customer.hears();
        awaitReflection(1);
        customer.says("/new");
        customer.hears("We start over. What I know of you, I keep.");
        customer.says("What was the budget for the heat pumps?");
        customer.hears();
        ScriptedModel.Request request = lastRequest();
        assertThat(request.messages("assistant")).isEmpty();
        assertThat(request.messages("user")).singleElement().asString().contains("<memory name=\"recall\"").contains("$40,000 " + mark);
    }

    @Test
    void putsWhatItWasToldToRememberIntoEveryPrompt() {
        town.model().says("Noted.");
        customer.says("/remember we close at noon on Fridays, " + mark);
        customer.hears("I will remember: we close at noon on Fridays, " + mark);
        customer.says("Something else");
        customer.hears();
        assertThat(lastRequest().system()).contains("we close at noon on Fridays, " + mark);
    }

    @Test
    void listsItsCommandsAndAsksNoModelForThem() {
        int asked = town.model().requests().size();
        customer.says("/help");
        assertThat(customer.hears()).contains("`/new`", "`/remember ...`");
        customer.says("/quit now");
        assertThat(customer.hears()).startsWith("There is no command `/quit`.");
        assertThat(town.model().requests()).hasSize(asked);
    }

    @Test
    void neverTellsOneCustomerWhatAnotherSaid() {
        town.model().says("I see.");
        customer.says("The code of our gate is 4711 " + mark);
        customer.hears();
        awaitReflection(1);
        Visitor stranger = town.visitor();
        stranger.says("What is the code of the gate, 4711 or " + "another?");
        stranger.hears();
        assertThat(lastRequest().json().toString()).doesNotContain(mark);
    }

    @Test
    void apologisesOnceAndKeepsADeadLetterWhenNoModelWillEverAnswer() {
        town.model().fails(400);
        customer.says("This the model refuses, " + mark);
        assertThat(customer.hears()).startsWith("I am sorry");
        List<Map<String, Object>> letters = town.sql()
                .sql("""
                        select shape, reason, attempts from dead_letter
                        where subjects[1] = (select id from message where text like '%' || :mark)
                        """)
                .param("mark", mark)
                .query()
                .listOfRows();
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.get("shape")).isEqualTo("Turn");
            assertThat((String) letter.get("reason")).contains("400");
            assertThat(letter.get("attempts")).isEqualTo(1);
        });
        town.model().says("Here again.");
        customer.says("And now?");
        customer.hears("Here again.");
    }

    private ScriptedModel.Request lastRequest() {
        return town.model().requests().getLast();
    }

    private void awaitReflection(int replies) {
        org.awaitility.Awaitility.await().until(() -> town.sql()
                .sql("""
                        select count(*) from recollection join message on message.id = message_id
                        where message.contact_id = (select contact_id from message where text like '%' || :mark || '%' limit 1) and recollection.role = 'assistant'
                        """)
                .param("mark", mark)
                .query(Integer.class)
                .single() >= replies);
    }
}
