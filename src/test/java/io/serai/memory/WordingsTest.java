package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.message.Attachment;
import io.serai.message.Came;
import io.serai.message.Circumstances;
import io.serai.message.Inbound;
import io.serai.message.Receipt;
import io.serai.town.Doorstep;
import io.serai.town.Town;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Messages that somebody edits. */
@Tag("database")
@ResourceLock(Doorstep.LOCK)
class WordingsTest {

    private final Town town = Doorstep.town();
    private final String ada = "ada-" + UUID.randomUUID();
    private final String id = UUID.randomUUID().toString();

    @AfterEach
    void recover() {
        town.model().takes(Duration.ZERO).says("Good day.");
    }

    @Test
    void answersTheLaterWordingOfWhatIsNotAnsweredYet() {
        town.model().answersBy(request -> "To: " + request.lastUser());
        Receipt message = says("Three chairs");
        Receipt edit = edits("Five chairs", "edit-" + id);

        assertThat(edit.messageId()).isEqualTo(message.messageId());
        assertThat(Doorstep.answer(message)).contains("Five chairs").doesNotContain("Three");
        assertThat(town.sql().sql("select text from wording where message_id = :id").param("id", message.messageId()).query(String.class).single())
                .isEqualTo("Three chairs");
        assertThat(edits("Five chairs", "edit-" + id).duplicate()).isTrue();
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void answersTheLaterWordingOfWhatWasAnsweredAsAMessageOfItsOwn() {
        town.model().answersBy(request -> "To: " + request.lastUser());
        Receipt message = says("Three chairs");
        Doorstep.answer(message);
        Receipt edit = edits("Five chairs", "edit-" + id);

        assertThat(edit.messageId()).isNotEqualTo(message.messageId());
        assertThat(Doorstep.answer(edit)).contains("Five chairs");
        assertThat(rewords(edit)).isEqualTo(message.messageId());
        assertThat(edits("Five chairs", "edit-" + id).messageId()).isEqualTo(edit.messageId());
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    void doesNotChangeWhatIsBeingAnswered() {
        town.model().takes(Duration.ofSeconds(2));
        Receipt message = says("Three chairs for " + id);
        await().until(() -> town.model().requests().stream().anyMatch(request -> request.lastUser().contains("Three chairs for " + id)));
        Receipt edit = edits("Five chairs", "edit-" + id);
        Receipt second = edits("Six chairs", "second-" + id);

        assertThat(rewords(edit)).isEqualTo(message.messageId());
        assertThat(second.messageId()).as("it takes the place of the later wording, which waits").isEqualTo(edit.messageId());
        Doorstep.answer(edit);
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    void ignoresAnEditThatChangesNothing() {
        Receipt message = says("Three chairs");
        Doorstep.answer(message);

        assertThat(edits("Three chairs", "edit-" + id).messageId()).isEqualTo(message.messageId());
        assertThat(messages()).isEqualTo(1);
    }

    /** Telegram tells of an edit when something has changed that nobody sees, and the same photo is fetched once more. */
    @Test
    void ignoresAnEditThatBringsTheSameFileFromAnotherPlace() {
        Receipt message = sends(id, photo("photo.jpg", 9), Circumstances.PLAIN);
        Doorstep.answer(message);

        assertThat(sends("edit-" + id, photo("photo.jpg", 9), Came.replacing(id)).messageId()).isEqualTo(message.messageId());
        assertThat(sends("other-" + id, photo("photo.jpg", 10), Came.replacing(id)).messageId()).isNotEqualTo(message.messageId());
    }

    private static Attachment photo(String name, long size) {
        return new Attachment(name, "image/jpeg", size, "attachment:" + UUID.randomUUID());
    }

    private Receipt sends(String id, Attachment file, Circumstances around) {
        return town.receives(new Inbound("webhook", "", ada, id, null, "Our yard", List.of(file), null, null, town.clock().instant(), around));
    }

    @Test
    void letsNobodyRewordSomebodyElse() {
        Receipt message = says("Three chairs");
        Receipt forged = Doorstep.says("webhook", "mallory-" + ada, "edit-" + id, "A hundred chairs", Came.replacing(id));

        assertThat(forged.messageId()).isNotEqualTo(message.messageId());
        assertThat(town.sql().sql("select text from message where id = :id").param("id", message.messageId()).query(String.class).single())
                .isEqualTo("Three chairs");
    }

    @Test
    void answersAnAsideThatIsEditedToAddressUs() {
        Doorstep.says("webhook", ada, id, "Lunch?", Came.inGroup(false));
        Doorstep.says("webhook", ada, "first-" + id, "Lunch!", Came.inGroup(false, id));
        assertThat(messages()).isEqualTo(1);

        Receipt edit = Doorstep.says("webhook", ada, "edit-" + id, "@serai Lunch?", Came.inGroup(true, id));
        assertThat(Doorstep.answer(edit)).isEqualTo("Good day.");
    }

    @Test
    void findsTheLaterWordingOfAnAsideThatWasReadAlready() {
        Receipt aside = Doorstep.says("webhook", ada, id, "Lunch at noon?", Came.inGroup(false));
        Doorstep.answer(Doorstep.says("webhook", ada, "asks-" + id, "@serai hello", Came.inGroup(true)));
        await().until(() -> found().contains("Lunch at noon?"));

        Receipt edit = Doorstep.says("webhook", ada, "edit-" + id, "Dinner at eight?", Came.inGroup(false, id));
        Doorstep.says("webhook", ada, "second-" + id, "Dinner at nine?", Came.inGroup(false, id));
        Doorstep.answer(Doorstep.says("webhook", ada, "asks-again-" + id, "@serai and now?", Came.inGroup(true)));

        assertThat(rewords(edit)).isEqualTo(aside.messageId());
        await().until(() -> found().contains("Dinner at nine?"));
        assertThat(found()).contains("Lunch at noon?").doesNotContain("Dinner at eight?");
        assertThat(town.sql().sql("select suppressed_by from message where id = :id").param("id", edit.messageId()).query(String.class).single())
                .isEqualTo("not-addressed");
    }

    private List<String> found() {
        return town.sql().sql("select text from recollection join message on id = message_id join address on address.id = address_id where handle = :ada")
                .param("ada", ada)
                .query(String.class)
                .list();
    }

    @Test
    void keepsTheWordsWhenTheyHoldWhatADatabaseCannot() {
        Receipt message = Doorstep.says("webhook", ada, id, "nul\0nul", Circumstances.PLAIN.raw("{\"text\":\"nul\0nul\"}"));

        assertThat(town.sql().sql("select text from message where id = :id").param("id", message.messageId()).query(String.class).single())
                .isEqualTo("nulnul");
        assertThat(raw(message)).isEqualTo(1);
        town.sql().sql("update raw set kept_at = now() - interval '31 days' where message_id = :id").param("id", message.messageId()).update();
        town.bean(Shred.class).shred();
        assertThat(raw(message)).isZero();
    }

    private Receipt says(String text) {
        return Doorstep.says("webhook", ada, id, text, Circumstances.PLAIN);
    }

    private Receipt edits(String text, String edit) {
        return Doorstep.says("webhook", ada, edit, text, Came.replacing(id));
    }

    private int messages() {
        return town.sql().sql("select count(*) from message join address on address.id = address_id where handle = :ada and role = 'user'")
                .param("ada", ada)
                .query(Integer.class)
                .single();
    }

    private long rewords(Receipt message) {
        return town.sql().sql("select rewords from message where id = :id").param("id", message.messageId()).query(Long.class).single();
    }

    private int raw(Receipt message) {
        return town.sql().sql("select count(*) from raw where message_id = :id").param("id", message.messageId()).query(Integer.class).single();
    }
}
