package io.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.message.Inbound;
import io.serai.message.Receipt;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Nobody is forgotten, and nobody is mixed up with another: the scenes of memory that go through the whole hub. Those of one part stand beside it:
 * past a compaction and after weeks of silence in {@code SummaryTest}; overdue promises, changed figures and hostile answers in {@code ProfileTest};
 * searches across contacts in {@code SearchTest}; notes when all else is cut in {@code LayersTest}; without a language model in {@code OfflineAcceptanceTest}.
 */
@Tag("database")
@ResourceLock(Town.SHARED)
class AcceptanceTest {

    private final Town town = Town.shared();
    private final String mark = UUID.randomUUID().toString();

    /** Acceptance scene 2. */
    @Test
    void knowsOnAnotherChannelWhatWasDiscussedOnTheFirst() {
        Visitor page = town.visitor();
        town.model().says("The blue pump X200 costs 900 euros.");
        page.says("Which product do you have for a wet cellar, and what is its price? " + mark);
        page.hears();
        page.says("/link");
        String code = page.hears().replaceAll("(?s).*`(/link .{8})`.*", "$1");
        String phone = "phone-" + mark;
        assertThat(says(phone, code)).startsWith("It is you!");
        says(phone, "/new");
        remembers(1);

        town.model().says("Well.");
        says(phone, "What about that product we discussed?");

        assertThat(prompt("that product we discussed?")).contains("The blue pump X200 costs 900 euros.");
    }

    /** Acceptance scene 5, through whole prompts: all speak of the same, each with a secret of their own. */
    @Test
    void tellsNobodyWhatAnotherSaid() {
        town.model().says("Noted.");
        List<String> people = IntStream.range(0, 6).mapToObj(number -> "person-" + number + "-" + mark).toList();
        people.forEach(person -> {
            says(person, "Our budget for the pump in the cellar is secret-of-" + person);
            says(person, "/remember the budget is known-to-" + person);
            says(person, "/new");
        });
        remembers(people.size());

        for (String person : people) {
            says(person, "What was the budget for the pump in the cellar that I mentioned? asks " + person);
            String prompt = prompt("asks " + person);
            assertThat(prompt).contains("secret-of-" + person, "known-to-" + person);
            people.stream().filter(other -> !other.equals(person)).forEach(other -> assertThat(prompt).doesNotContain(other));
        }
    }

    private String says(String handle, String text) {
        Receipt said = town.receives(Inbound.of("webhook", "", handle, UUID.randomUUID().toString(), text, town.clock().instant()));
        return town.answer(said);
    }

    /** Waits until what was said, and what was answered to it, can be found. */
    private void remembers(int turns) {
        await().until(() -> town.sql().sql("""
                select count(*) from message asked join recollection on message_id = asked.answer_id
                where asked.text like '%' || :mark and asked.text not like '/%'
                """).param("mark", mark).query(Integer.class).single() == turns);
    }

    private String prompt(String asked) {
        return town.model().requests().stream().filter(request -> request.lastUser().contains(asked)).toList().getLast().json().toString();
    }
}
