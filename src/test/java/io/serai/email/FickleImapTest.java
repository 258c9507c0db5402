package io.serai.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.town.Town;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Mails are read and answered although their server does not do all that it is asked for. */
@Tag("database")
@ResourceLock(PostOffice.LOCK)
class FickleImapTest {

    private static final MailServer SERVER = PostOffice.SERVER;
    private static final FickleImap IMAP = PostOffice.FICKLE;
    private static final Town TOWN = PostOffice.TOWN;

    /** Nobody else, in no other scene. */
    private final String ada = "ada-" + UUID.randomUUID() + "@example.com";

    @BeforeEach
    void speak() {
        TOWN.model().says("Here.");
    }

    @AfterEach
    void behave() {
        IMAP.behaves();
    }

    /** Without a word of it nobody would know whose it is, and yet it would count as read. */
    @Test
    void asksAgainForAMailThatIsNotHandedOut() {
        var left = new AtomicInteger(1);
        IMAP.says(command -> isFetch(command, "") && left.getAndDecrement() > 0, "NO [SERVERBUG] later");
        writes("Hello");
        hears(1);
        assertThat(left.get()).isNegative();
    }

    @Test
    void waitsForAMailUntilItIsHandedOut() {
        var left = new AtomicInteger(8);
        IMAP.says(command -> isFetch(command, "") && left.getAndDecrement() > 0, FickleImap.HANG_UP);
        writes("Hello");
        hears(1);
        assertThat(aside("5 tries")).isZero();
    }

    @Test
    void goesOnWithTheNextMailWhereOneIsNeverHandedOut() throws Exception {
        int before = aside("hand it out");
        int next = SERVER.imap().getManagers().getImapHostManager().getInbox(SERVER.user(PostOffice.FICKLE_ADDRESS)).getMessageCount() + 1;
        IMAP.says(command -> isFetch(command, next + " "), FickleImap.HANG_UP);
        writes("Never read");
        writes("Hello");
        hears(1);
        assertThat(aside("hand it out")).isEqualTo(before + 1);
    }

    @Test
    void readsAMailboxInWhichItMayMarkNothing() {
        IMAP.says(command -> command.startsWith("STORE"), "NO not permitted");
        writes("Hello");
        hears(1);
        writes("And again");
        hears(2);
    }

    /** What EXAMINE opens is what a server without the right to write opens at SELECT (RFC 3501, section 6.3.1). */
    @Test
    void readsAMailboxThatItMayOnlyRead() {
        var looks = new AtomicInteger();
        IMAP.says(command -> command.startsWith("STORE"), "NO [READ-ONLY] not permitted");
        IMAP.passes(command -> command.startsWith("SELECT") && looks.incrementAndGet() > 0 ? command.replace("SELECT", "EXAMINE") : command);
        await().until(() -> looks.get() > 0);
        writes("Hello");
        hears(1);
        writes("And again");
        hears(2);
    }

    private static boolean isFetch(String command, String which) {
        return command.startsWith("FETCH " + which) && command.contains("BODY.PEEK[]");
    }

    private void writes(String text) {
        SERVER.delivers(PostOffice.FICKLE_ADDRESS, MailServer.letter(MailServer.verified(ada), ada, UUID.randomUUID() + "@example.com", "Heat pump", text));
    }

    private void hears(int mails) {
        await().untilAsserted(() -> assertThat(SERVER.smtp().received(ada)).hasSize(mails));
    }

    private static int aside(String why) {
        return TOWN.sql().sql("select count(*) from mail_aside where mailbox = 'fickle' and strpos(why, :why) > 0").param("why", why).query(Integer.class).single();
    }
}
