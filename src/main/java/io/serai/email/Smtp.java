package io.serai.email;

import io.serai.email.EmailSettings.Mailbox;
import io.serai.email.EmailSettings.Server;
import io.serai.email.EmailSettings.Tls;
import io.serai.message.AccountRefused;
import io.serai.message.AddressGone;
import io.serai.message.NotSent;
import io.serai.message.Refused;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Hands mails to a server by SMTP (RFC 5321) and tells how it ended. */
class Smtp {

    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofMinutes(1);
    /** For the answer to the end of a mail alone: who does not hear it sends the mail again. RFC 5321, 4.5.3.2.6 asks for ten minutes. */
    private static final Duration END = Duration.ofMinutes(10);
    private static final Duration WRITE = Duration.ofMinutes(3);
    private static final Pattern ENHANCED = Pattern.compile("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

    /** Bad mailbox, bad system, moved, no mail accepted there, switched off (RFC 3463, sections 3.2 and 3.3; RFC 7505). */
    private static final Pattern GONE = Pattern.compile("5\\.(?:1\\.(?:1|2|3|6|10)|2\\.1)");

    private final String name;
    private final Mailbox mailbox;
    private final Session session;
    private final KeptSocket socket = new KeptSocket();

    /** @param to to whom; only an address beyond ASCII asks every server on the way for SMTPUTF8 (RFC 6531), which not all have */
    Smtp(String name, Mailbox mailbox, String to) {
        this.name = name;
        this.mailbox = mailbox;
        this.session = Session.getInstance(properties(mailbox, (mailbox.address() + to).chars().anyMatch(letter -> letter > 127)));
    }

    private Properties properties(Mailbox mailbox, boolean utf8) {
        Server server = mailbox.smtp();
        var properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", String.valueOf(CONNECT.toMillis()));
        properties.put("mail.smtp.timeout", String.valueOf(SILENCE.toMillis()));
        properties.put("mail.smtp.writetimeout", String.valueOf(WRITE.toMillis()));
        properties.put("mail.smtp.socketFactory", socket);
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.auth", String.valueOf(!mailbox.password().isEmpty()));
        properties.put("mail.smtp.from", mailbox.address());
        properties.put("mail.smtp.localhost", mailbox.address().substring(mailbox.address().lastIndexOf('@') + 1));
        properties.put("mail.smtp.ssl.enable", String.valueOf(server.tls() == Tls.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", String.valueOf(server.tls() == Tls.STARTTLS));
        properties.put("mail.smtp.starttls.required", String.valueOf(server.tls() == Tls.STARTTLS));
        properties.put("mail.mime.allowutf8", String.valueOf(utf8));
        return properties;
    }

    Session session() {
        return session;
    }

    /** How long it waits for an answer now. */
    Duration patience() throws SocketException {
        return socket.patience();
    }

    private final class Transport extends SMTPTransport {

        Transport(Session session) {
            super(session, new URLName("smtp", null, -1, null, null, null));
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            socket.waits(END);
            try {
                super.finishData();
            } finally {
                socket.waits(SILENCE);
            }
        }
    }

    /**
     * @throws NotSent it surely did not leave, and may later
     * @throws AddressGone nobody is there
     * @throws Refused the server will never take it
     * @throws AccountRefused the server does not let us in
     * @throws EndUnknown the connection broke after the mail had left and before the server said that it has it
     */
    void send(Outgoing mail) {
        OwnThread.run("smtp-" + name, () -> deliver(mail), socket::cut);
    }

    private void deliver(Outgoing mail) {
        try (var transport = new Transport(session)) {
            connect(transport);
            try {
                transport.sendMessage(mail, mail.getAllRecipients());
            } catch (MessagingException failed) {
                throw judge(mail, failed);
            }
        } catch (MessagingException failed) {
            // Thrown by close after a mail that the server has: it is sent.
            if (!mail.hasLeft()) {
                throw new NotSent("the SMTP server " + mailbox.smtp().host() + " cannot be reached: " + words(failed), failed);
            }
        }
    }

    private void connect(SMTPTransport transport) throws MessagingException {
        Server server = mailbox.smtp();
        try {
            transport.connect(server.host(), server.port(server.tls() == Tls.STARTTLS ? 587 : 25, 465),
                    mailbox.password().isEmpty() ? null : mailbox.user(), mailbox.password().isEmpty() ? null : mailbox.password());
        } catch (AuthenticationFailedException refused) {
            int code = transport.getLastReturnCode();
            if (code >= 400 && code < 500) {
                throw new NotSent("the SMTP server " + server.host() + " says " + code + " to our login", null);
            }
            // What the server said is not repeated: some repeat what they were told.
            throw new AccountRefused(Mailboxes.CHANNEL, name,
                    "the SMTP server " + server.host() + " does not let " + mailbox.user() + " in: check user and password", null);
        }
    }

    private RuntimeException judge(Outgoing mail, MessagingException failed) {
        MessagingException cause = deepest(failed);
        int code = code(cause);
        String why = "the SMTP server says: " + words(cause);
        if (code >= 400 && code < 500) {
            return new NotSent(why, failed);
        }
        if (code >= 500) {
            return cause instanceof SMTPAddressFailedException && isGone(code, words(cause)) ? new AddressGone(why, failed) : new Refused(why, failed);
        }
        return mail.hasLeft()
                ? new EndUnknown("the SMTP server took the mail and did not say that it has it: " + words(cause), failed)
                : new NotSent("the SMTP server broke off before it took the mail: " + words(cause), failed);
    }

    private static boolean isGone(int code, String words) {
        Matcher enhanced = ENHANCED.matcher(words);
        return enhanced.find() ? GONE.matcher(enhanced.group(1)).matches() : code == 550 || code == 551 || code == 553;
    }

    /** What the server said to the one address stands within what became of the mail. */
    private static MessagingException deepest(MessagingException failed) {
        MessagingException deepest = failed;
        for (Exception next = failed; next instanceof MessagingException known; next = known.getNextException()) {
            deepest = code(known) > 0 || code(deepest) <= 0 ? known : deepest;
        }
        return deepest;
    }

    private static int code(MessagingException failed) {
        return switch (failed) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> -1;
        };
    }

    private static String words(MessagingException failed) {
        String words = Cleaned.line(String.valueOf(failed.getMessage()));
        return words.length() > 300 ? words.substring(0, 300) : words;
    }
}
