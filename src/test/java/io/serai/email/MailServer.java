package io.serai.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.serai.town.Bridge;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The mail server of a hub: mailboxes that are read by IMAP, over a way that can be torn down, and an SMTP server that can misbehave. */
final class MailServer implements AutoCloseable {

    static final String NAME = "mx.hub.example";
    static final String PASSWORD = "the-secret-of-the-mailbox";

    private final GreenMail imap = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final FakeSmtp smtp = new FakeSmtp();
    private final Bridge way;

    MailServer() {
        imap.start();
        way = new Bridge(new InetSocketAddress(InetAddress.getLoopbackAddress(), imap.getImap().getPort()));
    }

    FakeSmtp smtp() {
        return smtp;
    }

    Bridge way() {
        return way;
    }

    GreenMail imap() {
        return imap;
    }

    /** A mailbox and the settings by which a hub uses it. */
    Map<String, Object> mailbox(String name, String address, String password) {
        user(address);
        Map<String, Object> settings = new HashMap<>();
        Map.of("address", address, "name", "Support", "password", password, "imap.host", "127.0.0.1", "imap.port", way.port(), "imap.tls", "none",
                        "smtp.host", "127.0.0.1", "smtp.port", smtp.port(), "smtp.tls", "none", "authserv-id", NAME)
                .forEach((key, value) -> settings.put("serai.email." + name + "." + key, value));
        settings.put("serai.email." + name + ".poll", "200ms");
        settings.put("serai.deliver.retry", "200ms,400ms,800ms");
        return settings;
    }

    GreenMailUser user(String address) {
        return imap.setUser(address, address, PASSWORD);
    }

    /** Lays a mail into a mailbox, as the server does that took it. */
    void delivers(String address, byte[] mail) {
        try {
            user(address).deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)));
        } catch (MessagingException refused) {
            throw new IllegalStateException(refused);
        }
    }

    void delivers(String address, String mail) {
        delivers(address, mail.replace("\n", "\r\n").getBytes(UTF_8));
    }

    /** The header by which the server vouches for a sender. */
    static String verified(String from) {
        return "Authentication-Results: " + NAME + "; dmarc=pass header.from=" + from.substring(from.indexOf('@') + 1) + "\n";
    }

    /** What the server writes above a mail whose sender is forged. */
    static String unverified(String from) {
        return "Authentication-Results: " + NAME + "; dmarc=fail header.from=" + from.substring(from.indexOf('@') + 1) + "\n";
    }

    static String letter(String headers, String from, String id, String subject, String text) {
        return headers + "From: Ada Lovelace <" + from + ">\nTo: support@hub.example\nSubject: " + subject + "\nMessage-ID: <" + id
                + ">\nContent-Type: text/plain; charset=utf-8\n\n" + text + "\n";
    }

    @Override
    public void close() {
        way.tearDown();
        imap.stop();
        smtp.close();
    }
}
