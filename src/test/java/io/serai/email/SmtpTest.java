package io.serai.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.serai.email.EmailSettings.Mailbox;
import io.serai.email.EmailSettings.Server;
import io.serai.email.EmailSettings.Tls;
import io.serai.message.AccountRefused;
import io.serai.message.NotSent;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** How sending ends, by what the server says and when it hangs up. */
class SmtpTest {

    private final FakeSmtp server = new FakeSmtp();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 421 4.3.2 come back,            NotSent",
        "MAIL, 550 5.7.1 not from you,         Refused",
        "MAIL, '',                             NotSent",
        "RCPT, 451 4.7.1 greylisted,           NotSent",
        "RCPT, 450 4.2.2 full for now,         NotSent",
        "RCPT, 550 5.1.1 no such user,         AddressGone",
        "RCPT, 550 nobody,                     AddressGone",
        "RCPT, 550 5.2.1 switched off,         AddressGone",
        "RCPT, 550 5.7.1 we do not like you,   Refused",
        "RCPT, 552 5.2.2 full for good,        Refused",
        "RCPT, '',                             NotSent",
        "DATA, 451 later,                      NotSent",
        "DATA, 554 no,                         Refused",
        "DATA, '',                             NotSent",
        "'.',  452 4.3.1 disk full,            NotSent",
        "'.',  554 5.6.0 looks like spam,      Refused",
        "'.',  552 5.3.4 too big,              Refused",
        "'.',  '',                             EndUnknown"
    })
    void judgesHowItEnded(String verb, String answer, String end) {
        server.says(verb, answer);
        assertThat(catchThrowable(() -> send(""))).isNotNull().extracting(thrown -> thrown.getClass().getSimpleName()).isEqualTo(end);
    }

    @Test
    void isContentWhenTheServerHasIt() throws Exception {
        send("");
        assertThat(server.received("ada@example.com")).hasSize(1);
    }

    @Test
    void countsAHangUpAfterTheGoodByeAsSent() throws Exception {
        server.says("QUIT", FakeSmtp.HANG_UP);
        send("");
        assertThat(server.received("ada@example.com")).hasSize(1);
    }

    @Test
    void isNotLetInWithAWrongPasswordAndShowsItNowhere() {
        server.asksFor("another");
        assertThatThrownBy(() -> send("my-secret")).isInstanceOf(AccountRefused.class).satisfies(refused -> {
            var trace = new StringWriter();
            refused.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("my-secret", Base64.getEncoder().encodeToString("\0support@hub.example\0my-secret".getBytes()));
        });
    }

    @Test
    void comesBackWhenTheLoginIsOnlyBusy() {
        server.asksFor("right");
        server.says("AUTH", "454 4.7.0 try again");
        assertThatThrownBy(() -> send("right")).isInstanceOf(NotSent.class);
    }

    @Test
    void knowsThatNothingLeftWhenNobodyListens() {
        server.close();
        assertThatThrownBy(() -> send("")).isInstanceOf(NotSent.class);
    }

    @Test
    void refusesToTalkInTheClearWhenItWasToldNotTo() {
        assertThatThrownBy(() -> send("", Tls.STARTTLS)).isInstanceOf(NotSent.class);
        assertThat(server.tries("ada@example.com")).isEmpty();
    }

    @Test
    void letsNobodyWriteHeaders() throws Exception {
        var smtp = new Smtp("main", mailbox("", Tls.NONE), "ada@example.com");
        var mail = new Outgoing(smtp.session(), "serai.1.x@hub.example");
        mail.address("support@hub.example", "Support\r\nBcc: all@example.com", "ada@example.com");
        mail.title("Offer\r\nBcc: all@example.com\r\n\r\nBody");
        mail.mark(true);
        mail.follow(new Mails.Entry("main", "ada@example.com", "a@b\r\nBcc:x@y", "t", "s", List.of("c@d\r\nBcc: e@f", "ok@example.com"), true));
        mail.write("text", "<p>text</p>", null);
        mail.saveChanges();
        smtp.send(mail);
        Headers headers = server.received("ada@example.com").getFirst().mail().headers();
        assertThat(headers.has("Bcc")).isFalse();
        assertThat(headers.decoded("Subject")).isEqualTo("Offer Bcc: all@example.com Body");
        assertThat(headers.has("In-Reply-To")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ada@example.com, true", "jörg@example.com, false"})
    void asksForNothingThatNotAllServersHaveUnlessTheAddressNeedsIt(String to, boolean ascii) throws Exception {
        server.says("EHLO", "250-fake\r\n250 SMTPUTF8");
        send(mailbox("", Tls.NONE), "Müller Heizungsbau", to);
        var received = server.received().getFirst();
        assertThat(received.mail().headers().decoded("From")).contains("Müller Heizungsbau");
        assertThat(IntStream.range(0, received.bytes().length).allMatch(at -> received.bytes()[at] > 0)).isEqualTo(ascii);
    }

    /** RFC 5321, 4.5.3.2.6: who does not wait sends it again, and it has arrived already. */
    @Test
    void waitsTenMinutesForTheServerToSayThatItHasItAndOneForAnyOtherAnswer() throws Exception {
        var smtp = new Smtp("main", mailbox("", Tls.NONE), "ada@example.com");
        List<Duration> patience = new CopyOnWriteArrayList<>();
        server.hears("RCPT", () -> patience.add(smtp.patience()));
        server.hears(".", () -> patience.add(smtp.patience()));
        server.hears("QUIT", () -> patience.add(smtp.patience()));
        smtp.send(letter(smtp, "Support", "ada@example.com"));
        assertThat(patience).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(1));
    }

    @Test
    void sendsByTls() throws Exception {
        var secure = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        secure.start();
        try {
            var smtp = new Smtp("main", mailbox("", Tls.TLS, secure.getSmtps().getPort()), "ada@example.com");
            // Its certificate is nobody's.
            smtp.session().getProperties().put("mail.smtp.ssl.trust", "*");
            smtp.session().getProperties().put("mail.smtp.ssl.checkserveridentity", "false");
            smtp.send(letter(smtp, "Support", "ada@example.com"));
            assertThat(secure.getReceivedMessages()).hasSize(1);
        } finally {
            secure.stop();
        }
    }

    /** Angus waits within locks, which not every Java lets a virtual thread do alone. */
    @Test
    void speaksToTheServerByAPlatformThread() throws Exception {
        var smtp = new Smtp("main", mailbox("", Tls.NONE), "ada@example.com");
        var speaking = new AtomicReference<Thread>();
        var mail = new Outgoing(smtp.session(), "serai.1.x@hub.example") {
            @Override
            public void writeTo(OutputStream out, String[] without) throws IOException, MessagingException {
                speaking.set(Thread.currentThread());
                super.writeTo(out, without);
            }
        };
        write(mail, "Support", "ada@example.com");
        var worker = new FutureTask<Void>(() -> smtp.send(mail), null);
        Thread.ofVirtual().start(worker);
        worker.get(10, TimeUnit.SECONDS);
        assertThat(speaking.get().isVirtual()).isFalse();
        assertThat(speaking.get().getName()).isEqualTo("smtp-main");
    }

    @Test
    void breaksOffWhenTheWorkerIsInterrupted() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var interrupted = new AtomicBoolean();
            var end = new FutureTask<>(() -> {
                Throwable thrown = catchThrowable(() -> send(mailbox("", Tls.NONE, silent.getLocalPort()), "Support", "ada@example.com"));
                interrupted.set(Thread.currentThread().isInterrupted());
                return thrown;
            });
            Thread worker = Thread.ofVirtual().start(end);
            try (var unanswered = silent.accept()) {
                worker.interrupt();
                assertThat(end.get(10, TimeUnit.SECONDS)).as("with " + unanswered).isInstanceOf(NotSent.class);
            }
            assertThat(interrupted).isTrue();
        }
    }

    @Test
    void takesNoHandleForAnAddressThatIsNone() {
        for (String handle : List.of("ada@example.com\r\nRCPT TO:<eve@evil.example>", "a@b, c@d", "<a@b>", "ada", "@example.com", "a b@example.com", "a@b@c")) {
            assertThat(Sender.handle(handle)).as(handle).isEmpty();
        }
    }

    private void send(String password) throws Exception {
        send(password, Tls.NONE);
    }

    private void send(String password, Tls tls) throws Exception {
        send(mailbox(password, tls), "Support", "ada@example.com");
    }

    private static void send(Mailbox mailbox, String name, String to) throws Exception {
        var smtp = new Smtp("main", mailbox, to);
        smtp.send(letter(smtp, name, to));
    }

    private static Outgoing letter(Smtp smtp, String name, String to) throws Exception {
        var mail = new Outgoing(smtp.session(), "serai.1.x@hub.example");
        write(mail, name, to);
        return mail;
    }

    private static void write(Outgoing mail, String name, String to) throws Exception {
        mail.address("support@hub.example", name, to);
        mail.title("Hello");
        mail.mark(true);
        mail.write("text", "<p>text</p>", null);
        mail.saveChanges();
    }

    private Mailbox mailbox(String password, Tls tls) {
        return mailbox(password, tls, server.port());
    }

    private static Mailbox mailbox(String password, Tls tls, int port) {
        return new Mailbox("support@hub.example", "Support", "", password, new Server("127.0.0.1", 1, Tls.NONE), new Server("127.0.0.1", port, tls),
                "INBOX", "", Duration.ofSeconds(1), Duration.ofDays(1), DataSize.ofMegabytes(35), 3, 10);
    }
}
