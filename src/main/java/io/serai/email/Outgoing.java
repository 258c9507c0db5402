package io.serai.email;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/** A mail of ours. It says of itself that a machine wrote it (RFC 3834, section 3), and knows whether any of it was handed to the server. */
class Outgoing extends MimeMessage {

    /** By this every hub knows a mail that a hub wrote, even where Auto-Submitted got lost on the way. */
    static final String LOOP = "X-Serai-Loop";

    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int MOST_ANCESTORS = 20;

    private final String messageId;
    private boolean left;

    Outgoing(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    void address(String from, String name, String to) throws MessagingException, UnsupportedEncodingException {
        setFrom(name.isBlank() ? new InternetAddress(from, true) : new InternetAddress(from, Cleaned.line(name), UTF_8));
        setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
        setSentDate(new Date());
    }

    /** @param answers whether it answers a mail, or nobody asked for it */
    void mark(boolean answers) throws MessagingException {
        setHeader("Auto-Submitted", answers ? "auto-replied" : "auto-generated");
        setHeader("X-Auto-Response-Suppress", "All");
        setHeader(LOOP, messageId);
    }

    void title(String subject) throws MessagingException {
        setSubject(Cleaned.line(subject), UTF_8);
    }

    /** Puts it into a thread: below the mail it answers. */
    void follow(Mails.Entry parent) throws MessagingException {
        if (isId(parent.messageId())) {
            List<String> ancestors = parent.ancestors().stream().filter(Outgoing::isId).toList();
            String last = ancestors.subList(Math.max(0, ancestors.size() - MOST_ANCESTORS), ancestors.size()).stream()
                    .map(id -> "<" + id + ">").collect(Collectors.joining(" "));
            setHeader("In-Reply-To", "<" + parent.messageId() + ">");
            setHeader("References", MimeUtility.fold(12, (last + " <" + parent.messageId() + ">").strip()));
        }
    }

    /** What cannot stand in a header as an id is no id: made up by us for a mail without one, or hostile. */
    private static boolean isId(String id) {
        return id.matches("[!-~&&[^<>]]+@[!-~&&[^<>]]+");
    }

    /** @param whole all of the text when the mail does not hold it, or null */
    void write(String text, String html, String whole) throws MessagingException {
        var plain = new MimeBodyPart();
        plain.setText(text, UTF_8);
        var formatted = new MimeBodyPart();
        formatted.setText(html, UTF_8, "html");
        var both = new MimeMultipart("alternative", plain, formatted);
        if (whole == null) {
            setContent(both);
            return;
        }
        var body = new MimeBodyPart();
        body.setContent(both);
        var file = new MimeBodyPart();
        file.setText(whole, UTF_8);
        file.setFileName("message.txt");
        setContent(new MimeMultipart("mixed", body, file));
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", "<" + messageId + ">");
    }

    @Override
    public void writeTo(OutputStream out, String[] without) throws IOException, MessagingException {
        left = true;
        super.writeTo(out, without);
    }

    /** Whether the server has begun to take it: until then it surely was not sent. */
    boolean hasLeft() {
        return left;
    }
}
