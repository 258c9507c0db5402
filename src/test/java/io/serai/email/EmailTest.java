package io.serai.email;

import static io.serai.email.PostOffice.SUPPORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.store.StoredMessage;
import io.serai.channel.Attachments;
import io.serai.channel.Pulse;
import io.serai.channel.Pulses;
import io.serai.deliver.Outbox;
import io.serai.message.Attachment;
import io.serai.message.Kind;
import io.serai.message.Post;
import io.serai.town.Town;
import jakarta.mail.Flags;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.dao.EmptyResultDataAccessException;

/** People write mails and are answered by mail. */
@Tag("database")
@ResourceLock(PostOffice.LOCK)
class EmailTest {

    private static final MailServer SERVER = PostOffice.SERVER;
    private static final Town TOWN = PostOffice.TOWN;

    /** Nobody else, in no other scene. */
    private final String ada = "ada-" + UUID.randomUUID() + "@example.com";
    private final String mark = UUID.randomUUID().toString();

    @Test
    void answersInTheThreadOfTheMail() {
        TOWN.model().says("Tomorrow, **surely**.");
        SERVER.delivers(SUPPORT, MailServer.letter(MailServer.verified(ada) + "References: <root@example.com> <mid@example.com>\nIn-Reply-To: <mid@example.com>\n",
                ada, mark + "@example.com", "=?utf-8?Q?W=C3=A4rmepumpe?=", "When does it come?"));
        FakeSmtp.Received answer = hears(1);
        assertThat(answer.mail().headers().decoded("Subject")).isEqualTo("Re: Wärmepumpe");
        assertThat(answer.header("In-Reply-To")).isEqualTo("<" + mark + "@example.com>");
        assertThat(answer.header("References").replaceAll("\\s+", " ")).isEqualTo("<root@example.com> <mid@example.com> <" + mark + "@example.com>");
        assertThat(answer.header("From")).isEqualTo("Support <support@hub.example>");
        assertThat(answer.header("Auto-Submitted")).isEqualTo("auto-replied");
        assertThat(answer.header("X-Serai-Loop")).isNotBlank();
        assertThat(answer.header("Message-ID")).matches("<" + MessageIds.SHAPE + ">")
                .isEqualTo(sql("select provider_id from parcel where id = (select max(parcel.id) from parcel join address on address.id = address_id where handle = :ada)"));
        assertThat(answer.mail().mediaType()).isEqualTo("multipart/alternative");
        assertThat(answer.mail().children()).extracting(part -> part.text().strip())
                .satisfiesExactly(text -> assertThat(text).isEqualTo("Tomorrow, surely."), html -> assertThat(html).contains("<strong>surely</strong>"));
    }

    @Test
    void marksAMailAsSeenOnceItIsStored() {
        TOWN.model().says("Yes.");
        says("Are you there?", mark);
        hears(1);
        // Also those that other scenes laid there: what has been read has been seen, but for what lies aside.
        eventually(() -> assertThat(SERVER.imap().getManagers().getImapHostManager().getInbox(SERVER.user(SUPPORT)).getMessages().stream()
                .filter(mail -> mail.getUid() <= position() && !mail.getFlags().contains(Flags.Flag.FLAGGED)))
                .allMatch(mail -> mail.getFlags().contains(Flags.Flag.SEEN)));
    }

    /** Until they expunge it they may want it back. */
    @Test
    void leavesWhatOthersMarkedAsDeleted() throws Exception {
        TOWN.model().says("Yes.");
        says("Are you there?", mark + "-1");
        hears(1);
        laid(mark + "-1").orElseThrow().setFlags(new Flags(Flags.Flag.DELETED), true);
        says("And now?", mark + "-2");
        hears(2);
        says("Still?", mark + "-3");
        hears(3);
        assertThat(laid(mark + "-1")).isPresent();
    }

    @Test
    void sendsALinkToAllThatIsKeptButNotToWhoMayBeForged() {
        says("/export", mark);
        assertThat(hears(1).mail().children().getLast().text()).containsPattern(" href=\"https://hub\\.example/export\\.html#[A-Z2-9-]{35}\">Download");
        deliverUnverified("/export", mark + "-2@example.com", "");
        assertThat(hears(2).mail().children().getLast().text()).contains("not here.").doesNotContain("export.html");
    }

    @Test
    void goesOnInAThreadForWhichOurMailIsProofEnough() {
        TOWN.model().says("Noted.");
        deliverUnverified("The code of our gate is 4711 " + mark, mark + "-1@example.com", "");
        String ours = hears(1).header("Message-ID");
        deliverUnverified("What was the code?", mark + "-2@example.com", "In-Reply-To: " + ours + "\n");
        hears(2);
        assertThat(lastRequest()).contains("4711 " + mark);
        assertThat(TOWN.sql().sql("select count(distinct thread) from mail where handle = :ada").param("ada", ada).query(Integer.class).single()).isOne();
    }

    /** What a colleague wrote before the hub was here is quoted at most; what the talk is about then stands in the subject alone. */
    @Test
    void saysTheSubjectWhereATalkBeginsForUs() {
        TOWN.model().says("Noted.");
        String before = MailServer.verified(ada) + "In-Reply-To: <before-" + mark + "@example.com>\n";
        SERVER.delivers(SUPPORT, MailServer.letter(before, ada, mark + "-1@example.com", "Re: Offer 4711", "Yes, I accept " + mark));
        String ours = hears(1).header("Message-ID");
        assertThat(said("I accept")).isEqualTo("Re: Offer 4711\n\nYes, I accept " + mark);
        String after = MailServer.verified(ada) + "In-Reply-To: " + ours + "\n";
        SERVER.delivers(SUPPORT, MailServer.letter(after, ada, mark + "-2@example.com", "AW: Re: Offer 4711", "Thanks " + mark));
        hears(2);
        assertThat(said("Thanks")).isEqualTo("Thanks " + mark);
        SERVER.delivers(SUPPORT, MailServer.letter(after, ada, mark + "-3@example.com", "Cancel order 4712", "See above " + mark));
        hears(3);
        assertThat(said("See above")).isEqualTo("Cancel order 4712\n\nSee above " + mark);
    }

    @Test
    void letsNoForgedSenderAtWhatIsKnown() {
        TOWN.model().says("Noted.");
        says("The code of our gate is 4711 " + mark, mark + "-1");
        hears(1);
        String thread = "In-Reply-To: <" + mark + "-1@example.com>\nReferences: <" + mark + "-1@example.com>\n";
        deliverUnverified("What was the code of the gate?", mark + "-2@example.com", thread);
        hears(2);
        assertThat(lastRequest()).contains("What was the code").doesNotContain("4711");
        deliverUnverified("And now? With headers of my own", mark + "-3@example.com", MailServer.unverified(ada) + "Received: from evil\n" + MailServer.verified(ada) + thread);
        hears(3);
        assertThat(lastRequest()).contains("headers of my own").doesNotContain("4711");
        says("What was the code of the gate?", mark + "-4");
        hears(4);
        assertThat(lastRequest()).contains("4711 " + mark).doesNotContain("headers of my own");
    }

    @Test
    void neverAnswersAMachine() {
        SERVER.delivers(SUPPORT, MailServer.letter(MailServer.verified(ada) + "Auto-Submitted: auto-replied\n", ada, mark + "@example.com", "Away", "I am away"));
        eventually(() -> assertThat(sql("select suppressed_by from message join address on address.id = address_id where handle = :ada")).isEqualTo("auto-submitted"));
        assertThat(SERVER.smtp().tries(ada)).isEmpty();
    }

    @Test
    void stopsAnsweringWhoWritesTooOften() {
        TOWN.model().says("Again?");
        for (int i = 1; i <= 3; i++) {
            says("Number " + i, mark + "-" + i);
            hears(i);
        }
        says("Number 4", mark + "-4");
        eventually(() -> assertThat(sql("select suppressed_by from message join address on address.id = address_id where handle = :ada and text like '%Number 4'"))
                .isEqualTo("too-many-answers"));
        assertThat(SERVER.smtp().received(ada)).hasSize(3);
    }

    @Test
    void answersAllOfABurst() {
        TOWN.model().says("All read.").takes(Duration.ofSeconds(2));
        for (int i = 1; i <= 5; i++) {
            says("Picture " + i + " " + mark, mark + "-" + i);
        }
        eventually(() -> assertThat(said("Picture 5")).isNotBlank());
        eventually(() -> assertThat(lastRequest()).contains("Picture 2 " + mark, "Picture 5 " + mark));
        hears(1);
        assertThat(TOWN.sql().sql("select count(*) from message join address on address.id = address_id where handle = :ada and suppressed_by is not null")
                .param("ada", ada).query(Integer.class).single()).isZero();
        assertThat(SERVER.smtp().received(ada)).hasSizeBetween(1, 3);
        TOWN.model().takes(Duration.ZERO);
    }

    @Test
    void answersFewOfTheThreadsThatAStrangerBeginsAtOnce() {
        TOWN.model().says("Again?").takes(Duration.ofSeconds(2));
        for (int i = 1; i <= 5; i++) {
            deliverUnverified("Thread " + i, mark + "-" + i + "@example.com", "");
        }
        eventually(() -> assertThat(TOWN.sql().sql("select count(*) from message join address on address.id = address_id where handle = :ada and suppressed_by = 'too-many-answers'")
                .param("ada", ada).query(Integer.class).single()).isEqualTo(2));
        hears(3);
        assertThat(SERVER.smtp().received(ada)).hasSize(3);
        TOWN.model().takes(Duration.ZERO);
    }

    @Test
    void sendsNothingMoreToWhereNobodyIs() {
        TOWN.model().says("Hello.");
        says("Hello", mark);
        String id = hears(1).header("Message-ID");
        SERVER.delivers(SUPPORT, "Return-Path: <>\nFrom: mailer-daemon@mx.example\nSubject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n"
                + "--r\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; " + ada + "\nAction: failed\nStatus: 5.1.1\n--r\nContent-Type: message/rfc822\n\nMessage-ID: " + id + "\n\n--r--\n");
        eventually(() -> assertThat(sql("select parcel.state from parcel join address on address.id = address_id where handle = :ada")).isEqualTo("dead"));
        assertThat(sql("select stopped_why from address where handle = :ada")).contains("5.1.1");
        assertThat(SERVER.smtp().received(ada)).hasSize(1);
    }

    @Test
    void believesNoBounceOfAMailItNeverSent() {
        TOWN.model().says("Hello.");
        says("Hello", mark);
        long parcel = Long.parseLong(hears(1).header("Message-ID").split("\\.")[1]);
        SERVER.delivers(SUPPORT, "Return-Path: <>\nFrom: mailer-daemon@mx.example\nSubject: Undelivered " + mark + "\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n"
                + "--r\nContent-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n--r\nContent-Type: message/rfc822\n\nMessage-ID: <serai." + parcel
                + ".00000000000000000000@hub.example>\n\n--r--\n");
        eventually(() -> assertThat(TOWN.sql().sql("select count(*) from message where text like :text and suppressed_by = 'bounce'").param("text", "%" + mark + "%").query(Integer.class).single()).isOne());
        assertThat(sql("select coalesce(stopped_why, 'none') from address where handle = :ada")).isEqualTo("none");
    }

    @Test
    void keepsTheFilesOfAMail() throws Exception {
        TOWN.model().says("Thanks.");
        byte[] pdf = ("%PDF-1.4 " + mark).getBytes(StandardCharsets.UTF_8);
        SERVER.delivers(SUPPORT, MailServer.verified(ada) + "From: " + ada + "\nSubject: Offer\nMessage-ID: <" + mark + "@example.com>\nContent-Type: multipart/mixed; boundary=b\n\n"
                + "--b\nContent-Type: text/plain\n\nSee the offer\n--b\nContent-Type: application/pdf; name=\"offer.pdf\"\nContent-Transfer-Encoding: base64\n\n"
                + Base64.getMimeEncoder().encodeToString(pdf) + "\n--b--\n");
        hears(1);
        String files = sql("select attachments::text from message join address on address.id = address_id where handle = :ada and role = 'user'");
        Attachment file = new ObjectMapper().readValue(files, Attachment[].class)[0];
        assertThat(file.name()).isEqualTo("offer.pdf");
        assertThat(TOWN.bean(Attachments.class).read(file)).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(pdf));
    }

    @Test
    void keepsTheWholeMailWhereMoreCameThanIsKept() {
        TOWN.model().says("Thanks.");
        String file = "--b\nContent-Type: image/png; name=\"a.png\"\n\npng\n";
        deliverParts("Hundred", file.repeat(100));
        hears(1);
        assertThat(said("Hundred")).isEqualTo("Hundred " + mark);
        deliverParts("More", file.repeat(101));
        hears(2);
        assertThat(said("More")).contains("mail.eml");
        deliverParts("Scraps", "--b\n\n\n".repeat(1_000) + file);
        hears(3);
        assertThat(TOWN.sql().sql("select attachments::text from message join address on address.id = address_id where handle = :ada and role = 'user' order by message.id")
                .param("ada", ada).query(String.class).list())
                .satisfiesExactly(all -> assertThat(all).doesNotContain("mail.eml"), more -> assertThat(more).contains("mail.eml"),
                        scraps -> assertThat(scraps).contains("mail.eml").doesNotContain("a.png"));
    }

    private void deliverParts(String text, String parts) {
        SERVER.delivers(SUPPORT, MailServer.verified(ada) + "From: " + ada + "\nMessage-ID: <" + text + mark + "@example.com>\nContent-Type: multipart/mixed; boundary=b\n\n"
                + "--b\nContent-Type: text/plain\n\n" + text + " " + mark + "\n" + parts + "--b--\n");
    }

    @Test
    void putsAsideWhatIsTooLargeAndGoesOnWithTheNext() throws Exception {
        TOWN.model().says("Here.");
        SERVER.delivers(SUPPORT, MailServer.letter(MailServer.verified(ada), ada, mark + "-big@example.com", "Big", "x".repeat(80).concat("\n").repeat(5_000)));
        says("Small", mark);
        hears(1);
        assertThat(TOWN.sql().sql("select why from mail_aside where mailbox = 'main'").query(String.class).list()).anyMatch(why -> why.contains("larger"));
        assertThat(SERVER.imap().getManagers().getImapHostManager().getInbox(SERVER.user(SUPPORT)).getMessages()).anyMatch(mail -> mail.getFlags().contains(Flags.Flag.FLAGGED));
    }

    @Test
    void putsAsideWhatCannotBeStoredAndHasNotMarkedItAsSeen() throws Exception {
        TOWN.model().says("Here.");
        TOWN.sql().sql("alter table message add constraint poison check (text not like '%%poison %s%%') not valid".formatted(mark)).update();
        says("poison " + mark, mark + "-1");
        says("No poison", mark + "-2");
        hears(1);
        TOWN.sql().sql("alter table message drop constraint poison").update();
        assertThat(TOWN.sql().sql("select why from mail_aside where convert_from(raw, 'UTF8') like :text").param("text", "%poison " + mark + "%")
                .query(String.class).single()).contains("5 tries");
        Flags flags = laid(mark + "-1").orElseThrow().getFlags();
        assertThat(flags.contains(Flags.Flag.FLAGGED)).isTrue();
        assertThat(flags.contains(Flags.Flag.SEEN)).isFalse();
    }

    @Test
    void leavesAMailboxToTheHubThatHasIt() {
        TOWN.model().says("Mine again.");
        TOWN.sql().sql("update ownership set owner = 'another hub', until = clock_timestamp() + interval '1 hour' where name = 'email/main'").update();
        says("Hello", mark);
        await().during(Duration.ofMillis(1_200)).until(() -> sql("select count(*)::text from address where handle = :ada").equals("0"));
        TOWN.sql().sql("update ownership set until = clock_timestamp() where name = 'email/main'").update();
        hears(1);
    }

    @Test
    void attachesTheWholeTextWhereAMailWouldBecomeTooLong() {
        String line = "This is a sentence of a very long answer that goes on and on. ";
        TOWN.model().says(line.repeat(2_500) + "The very end.");
        says("Tell me all", mark);
        Part mail = hears(1).mail();
        assertThat(mail.mediaType()).isEqualTo("multipart/mixed");
        assertThat(mail.children().getFirst().children().getLast().text().length()).isLessThanOrEqualTo(100_100);
        assertThat(mail.children().getFirst().children().getFirst().text()).contains("message.txt").doesNotContain("The very end.");
        assertThat(mail.children().getLast().fileName()).hasValue("message.txt");
        assertThat(mail.children().getLast().text()).contains("The very end.");
    }

    @Test
    void sendsTheSameMailAgainWhenNobodyKnowsWhetherItArrived() {
        TOWN.model().says("Maybe twice.");
        SERVER.smtp().says(".", FakeSmtp.HANG_UP);
        says("Hello", mark);
        hears(2);
        assertThat(SERVER.smtp().received(ada)).extracting(mail -> mail.header("Message-ID")).hasSize(2).containsOnly(SERVER.smtp().received(ada).getFirst().header("Message-ID"));
    }

    @Test
    void beginsAThreadForWhatNobodyAskedFor() {
        TOWN.model().says("Hello.");
        says("Hello", mark);
        hears(1);
        long conversation = Long.parseLong(sql("select max(conversation_id)::text from message join address on address.id = address_id where handle = :ada"));
        TOWN.bean(Outbox.class).post(Post.of(Kind.DAILY, conversation, "briefing", "# Your heat pump is here\n\nCome and see."));
        FakeSmtp.Received mail = hears(2);
        assertThat(mail.header("Subject")).isEqualTo("Your heat pump is here");
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.header("In-Reply-To")).isNull();
    }

    @Test
    void leavesAMailboxAloneThatDoesNotLetItIn() {
        eventually(() -> assertThat(pulse("locked").state()).isEqualTo(Pulse.State.PAUSED));
        assertThat(pulse("locked").trouble()).contains("locked@hub.example").doesNotContain("wrong-password-of-nobody");
        eventually(() -> assertThat(TOWN.sql().sql("select why from account_pause where account = 'locked/imap'").query(String.class).list())
                .singleElement().asString().doesNotContain("wrong-password-of-nobody"));
        assertThat(pulse("main").state()).isEqualTo(Pulse.State.MOVING);
    }

    @Test
    void looksAgainEvenWhereItCannotNoteThatItIsNotLetIn() {
        TOWN.sql().sql("create sequence knocks").update();
        TOWN.sql().sql("alter table account_pause add constraint full_up check (account <> 'locked/imap' or nextval('knocks') = 0) not valid").update();
        TOWN.sql().sql("delete from account_pause where account = 'locked/imap'").update();
        eventually(() -> assertThat(TOWN.sql().sql("select last_value from knocks").query(Long.class).single()).isGreaterThan(2));
        TOWN.sql().sql("alter table account_pause drop constraint full_up").update();
        TOWN.sql().sql("drop sequence knocks").update();
        eventually(() -> assertThat(TOWN.sql().sql("select why from account_pause where account = 'locked/imap'").query(String.class).single()).contains("locked@hub.example"));
    }

    @Test
    void catchesUpWhenTheServerComesBackAndWhenItsFolderWasMadeAnew() {
        TOWN.model().says("Back again.");
        SERVER.way().tearDown();
        says("Did you miss me?", mark + "-1");
        eventually(() -> assertThat(pulse("main").trouble()).isNotBlank());
        SERVER.way().build();
        hears(1);
        // Another UIDVALIDITY: what was read before is not read again, what comes is.
        TOWN.sql().sql("update mailbox set uid_validity = 1, uid = 1000000 where name = 'main'").update();
        says("And again", mark + "-2");
        hears(2);
        assertThat(SERVER.smtp().received(ada)).hasSize(2);
    }

    /** None of them is virtual that stands among these. */
    @Test
    void looksIntoEachMailboxByAPlatformThread() {
        eventually(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).contains("email-main", "email-locked"));
    }

    private void says(String text, String id) {
        SERVER.delivers(SUPPORT, MailServer.letter(MailServer.verified(ada), ada, id + "@example.com", "Heat pump", text));
    }

    private void deliverUnverified(String text, String id, String headers) {
        SERVER.delivers(SUPPORT, MailServer.letter(headers, ada, id, "Heat pump", text));
    }

    /** What lies in the mailbox with this id. */
    private static Optional<StoredMessage> laid(String id) throws Exception {
        for (StoredMessage mail : SERVER.imap().getManagers().getImapHostManager().getInbox(SERVER.user(SUPPORT)).getMessages()) {
            if (("<" + id + "@example.com>").equals(mail.getMimeMessage().getMessageID())) {
                return Optional.of(mail);
            }
        }
        return Optional.empty();
    }

    /** Waits for so many mails and gives the last. */
    private FakeSmtp.Received hears(int mails) {
        eventually(() -> assertThat(SERVER.smtp().received(ada)).hasSizeGreaterThanOrEqualTo(mails));
        List<FakeSmtp.Received> received = SERVER.smtp().received(ada);
        eventually(() -> assertThat(TOWN.sql().sql("select count(*) from parcel join address on address.id = address_id where handle = :ada and parcel.state in ('waiting', 'sending')")
                .param("ada", ada).query(Integer.class).single()).isZero());
        return received.get(mails - 1);
    }

    private String lastRequest() {
        return TOWN.model().requests().getLast().json().toString();
    }

    private String sql(String query) {
        return TOWN.sql().sql(query).param("ada", ada).query(String.class).single();
    }

    private String said(String words) {
        return TOWN.sql().sql("select text from message join address on address.id = address_id where handle = :ada and role = 'user' and text like :words")
                .param("ada", ada).param("words", "%" + words + "%").query(String.class).single();
    }

    private static long position() {
        return TOWN.sql().sql("select uid from mailbox where name = 'main'").query(Long.class).single();
    }

    private static Pulse pulse(String account) {
        return TOWN.bean(Pulses.class).all().stream().filter(pulse -> pulse.account().equals(account)).findFirst().orElseThrow();
    }

    private static void eventually(ThrowingRunnable holds) {
        await().ignoreException(EmptyResultDataAccessException.class).untilAsserted(holds);
    }
}
