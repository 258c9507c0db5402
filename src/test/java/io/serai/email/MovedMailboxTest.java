package io.serai.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.store.StoredMessage;
import io.serai.channel.Door;
import io.serai.channel.Ownership;
import io.serai.email.EmailSettings.Mailbox;
import io.serai.email.EmailSettings.Server;
import io.serai.email.EmailSettings.Tls;
import io.serai.message.Receipt;
import io.serai.town.Town;
import jakarta.mail.Flags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.util.unit.DataSize;

/** What is read of a mailbox of which the server gives the UIDVALIDITY that another one had. */
@Tag("database")
@ResourceLock(PostOffice.LOCK)
class MovedMailboxTest {

    private static final MailServer SERVER = PostOffice.SERVER;
    private static final Town TOWN = PostOffice.TOWN;

    /** Of a block that the hub knows nothing of, and does not look into meanwhile. */
    private final String name = "moved-" + UUID.randomUUID();
    private final String one = "one-" + UUID.randomUUID() + "@hub.example";
    private final String other = "other-" + UUID.randomUUID() + "@hub.example";
    private final List<String> heard = new ArrayList<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private Emptying emptying;

    @BeforeEach
    void begin() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:receive/email").process(exchange -> {
                    heard.add(Content.read(Part.read(exchange.getMessage().getBody(Letter.class).bytes())).said().lines().toList().getLast());
                    exchange.getMessage().setBody(new Receipt(1, UUID.randomUUID(), null, null, null, false, null));
                });
            }
        });
        camel.start();
        emptying = new Emptying(TOWN.bean(Positions.class), TOWN.bean(Bookmark.class), TOWN.bean(Ownership.class), new Door(camel.createProducerTemplate()), null, Clock.systemUTC());
    }

    @AfterEach
    void end() throws Exception {
        emptying.release(name);
        TOWN.sql().sql("delete from mailbox where name = :name").param("name", name).update();
        camel.close();
    }

    @Test
    void leavesAloneWhatHadBeenReadInAnotherMailbox() throws Exception {
        writes(one, "First");
        assertThat(look(one)).containsExactly("First");
        for (String text : List.of("Old", "Older", "Oldest")) {
            writes(other, text);
        }
        isSeen(other);
        pretendTheSameValidity();
        assertThat(look(other)).isEmpty();
        writes(other, "New");
        assertThat(look(other)).containsExactly("New");
    }

    @Test
    void readsAnotherMailboxInWhichFewerMailsHaveBeen() throws Exception {
        for (String text : List.of("First", "Second", "Third")) {
            writes(one, text);
        }
        assertThat(look(one)).containsExactly("First", "Second", "Third");
        writes(other, "New");
        pretendTheSameValidity();
        assertThat(look(other)).containsExactly("New");
    }

    @Test
    void readsAFolderWhoseUidsStartOver() throws Exception {
        writes(one, "First");
        assertThat(look(one)).containsExactly("First");
        TOWN.sql().sql("update mailbox set uid = 1000, fresh_from = 900 where name = :name").param("name", name).update();
        writes(one, "New");
        assertThat(look(one)).containsExactly("New");
    }

    @Test
    void goesOnWhereItHadNotNotedInWhichMailboxItWas() throws Exception {
        writes(one, "First");
        assertThat(look(one)).containsExactly("First");
        TOWN.sql().sql("update mailbox set place = null where name = :name").param("name", name).update();
        writes(one, "New");
        // By a colleague: at a first look it would be left to them.
        isSeen(one);
        assertThat(look(one)).containsExactly("New");
        assertThat(TOWN.sql().sql("select place from mailbox where name = :name").param("name", name).query(String.class).single()).contains(one);
    }

    @Test
    void leavesAloneWhatWasReadBeforeWhereTheServerDoesNotSayWhatComesNext() throws Exception {
        SERVER.user(one);
        writes(one, "Old");
        isSeen(one);
        try (var silent = new FickleImap(SERVER.imap().getImap().getPort())) {
            silent.tells(answers -> answers.replace("UIDNEXT", "UIDNONE"));
            assertThat(look(mailbox(one, silent.port()))).isEmpty();
            writes(one, "New");
            isSeen(one);
            assertThat(look(mailbox(one, silent.port()))).containsExactly("New");
        }
    }

    private List<String> look(String address) throws Exception {
        return look(mailbox(address));
    }

    private List<String> look(Mailbox mailbox) throws Exception {
        heard.clear();
        try (var box = new ImapBox(mailbox); var look = box.open()) {
            emptying.look(name, mailbox, look.folder());
        }
        return List.copyOf(heard);
    }

    private void pretendTheSameValidity() throws Exception {
        try (var box = new ImapBox(mailbox(other)); var look = box.open()) {
            TOWN.sql().sql("update mailbox set uid_validity = :validity where name = :name").param("validity", look.folder().getUIDValidity()).param("name", name).update();
        }
    }

    private static void writes(String address, String text) {
        SERVER.delivers(address, MailServer.letter("", "ada@example.com", UUID.randomUUID() + "@example.com", "Heat pump", text));
    }

    private static void isSeen(String address) throws Exception {
        for (StoredMessage mail : SERVER.imap().getManagers().getImapHostManager().getInbox(SERVER.user(address)).getMessages()) {
            mail.setFlags(new Flags(Flags.Flag.SEEN), true);
        }
    }

    private static Mailbox mailbox(String address) {
        return mailbox(address, SERVER.imap().getImap().getPort());
    }

    private static Mailbox mailbox(String address, int port) {
        SERVER.user(address);
        return new Mailbox(address, "Support", "", MailServer.PASSWORD, new Server("127.0.0.1", port, Tls.NONE),
                new Server("127.0.0.1", 1, Tls.NONE), "INBOX", "", Duration.ofSeconds(1), Duration.ofDays(1), DataSize.ofMegabytes(35), 3, 10);
    }
}
