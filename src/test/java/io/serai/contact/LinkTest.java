package io.serai.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.message.Came;
import io.serai.message.Circumstances;
import io.serai.message.Inbound;
import io.serai.message.Receipt;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two channels of one person, who proves it. */
@Tag("database")
@ResourceLock(Town.SHARED)
class LinkTest {

    private static final Circumstances FORGED = Circumstances.PLAIN.unverified();
    private static final Circumstances GROUP = Came.inGroup(true);

    private final Town town = Town.shared();
    private final String home = "home-" + UUID.randomUUID();
    private final String work = "work-" + UUID.randomUUID();

    @Test
    void makesOneOfTwoWhoProveIt() {
        says(home, "/remember my dog is called Rex");
        says(work, "/remember I am in purchasing");
        long kept = contact(home);
        assertThat(contact(work)).isNotEqualTo(kept);

        assertThat(says(work, "/verbinde " + code(home).toLowerCase())).startsWith("It is you!");

        assertThat(contact(work)).isEqualTo(kept);
        assertThat(says(work, "/export")).contains("Rex", "purchasing");
        assertThat(says(home, "/export")).contains("Rex", "purchasing");
        assertThat(town.sql().sql("select merged_by from contact_merge where kept_id = ?").param(kept).query(String.class).single())
                .isEqualTo("webhook:" + work);
    }

    /** The page and its stream go on where they are. */
    @Test
    void goesOnAtThePageThatGaveTheCode() {
        Visitor page = Town.shared().visitor();
        Visitor other = Town.shared().visitor();
        Town.shared().model().says("Well.");
        page.says("Hello " + home);
        page.hears("Well.");
        other.says("/link");
        String told = other.hears();
        page.says(told.replaceAll("(?s).*`(/link .{8})`.*", "$1"));
        assertThat(page.hears()).startsWith("It is you!");
        page.says("And on");
        page.hears("Well.");
    }

    @Test
    void takesACodeOnce() {
        says(work, "Hello");
        String code = code(home);
        says(work, "/link " + code);

        assertThat(says("thief-" + home, "/link " + code)).startsWith("No such code holds.");
        assertThat(says(work, "/link " + code)).as("tried again").startsWith("I know already");
    }

    @Test
    void listensToWhoHasACodeWhileAnotherGuesses() {
        says(work, "Hello");
        for (int guess = 0; guess < 10; guess++) {
            assertThat(says("thief-" + home, "/link AAAAAAA" + (char) ('A' + guess))).startsWith("No such code holds.");
        }
        assertThat(says("thief-" + home, "/link AAAAAAAA")).startsWith("Too many wrong codes");
        assertThat(says(work, "/link " + code(home))).startsWith("It is you!");
    }

    @Test
    void takesNoCodeThatIsTooOldOrWasReplaced() {
        String code = code(home);
        String later = code(home);
        assertThat(says(work, "/link " + code)).startsWith("No such code holds.");
        town.clock().passes(Duration.ofMinutes(11));
        try {
            assertThat(says(work, "/link " + later)).startsWith("No such code holds.");
        } finally {
            town.clock().passes(Duration.ofMinutes(-11));
        }
    }

    @Test
    void keepsTheCodeOfWhoGivesItOnTheSameChannel() {
        String code = code(home);
        assertThat(says(home, "/link " + code)).startsWith("I know already");
        assertThat(says(work, "/link " + code)).startsWith("It is you!");
    }

    @Test
    void linksNoGroupsAndNobodyWhoMayBeForged() {
        String code = code(home);
        assertThat(says("group-" + home, "/link " + code, GROUP)).endsWith("not here.");
        assertThat(says("group-" + home, "/link", GROUP)).endsWith("not here.");
        assertThat(says(work, "/link " + code, FORGED)).endsWith("not here.");
        assertThat(says(work, "/link", FORGED)).endsWith("not here.");
        assertThat(contact(work)).isNotEqualTo(contact(home));
    }

    @Test
    void learnsThatAHandleIsAGroups() {
        says(home, "Hello");
        says(home, "Hello all", GROUP);
        assertThat(says(home, "/link")).endsWith("not here.");
    }

    private String code(String handle) {
        String told = says(handle, "/link");
        assertThat(told).contains("within 10 minutes", "Tell nobody");
        return told.replaceAll("(?s).*`/link ([A-HJ-NP-Z2-9]{8})`.*", "$1");
    }

    private long contact(String handle) {
        return receipt(handle, "Who am I?", Circumstances.PLAIN).contact().id();
    }

    private String says(String handle, String text) {
        return says(handle, text, Circumstances.PLAIN);
    }

    private String says(String handle, String text, Circumstances around) {
        return town.answer(receipt(handle, text, around));
    }

    private Receipt receipt(String handle, String text, Circumstances around) {
        return town.receives(Inbound.of("webhook", "", handle, UUID.randomUUID().toString(), text, town.clock().instant()).with(around));
    }
}
