package io.serai.email;

import io.serai.channel.Attachments;
import io.serai.email.EmailSettings.Mailbox;
import io.serai.message.Attachment;
import io.serai.message.Circumstances;
import io.serai.message.Inbound;
import io.serai.message.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Reads a mail: who wrote it and whether that can be believed, what it says, and whether it may be answered. */
@Component("decipher")
class Decipher {

    private static final String NOBODY = "nobody@invalid";
    private static final String LEFT_OUT = "[cut: more files came than are kept; the whole mail is among them as mail.eml]";
    private static final int LONGEST = 50_000;
    private static final int LONGEST_RAW = 500_000;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final Mailboxes mailboxes;
    private final MailThreads threads;
    private final Mails mails;
    private final Attachments attachments;
    private final Returned returned;

    Decipher(Mailboxes mailboxes, MailThreads threads, Mails mails, Attachments attachments, Returned returned) {
        this.mailboxes = mailboxes;
        this.threads = threads;
        this.mails = mails;
        this.attachments = attachments;
        this.returned = returned;
    }

    /** @throws Refused when there is no such mailbox; a mail itself is read whatever it looks like */
    public Inbound decipher(Letter letter) {
        Mailbox mailbox = mailboxes.find(letter.mailbox()).orElseThrow(() -> new Refused("there is no mailbox " + letter.mailbox()));
        Part mail = Part.read(letter.bytes());
        Content content = Content.read(mail);
        Sender sender = sender(mail.headers());
        boolean verified = sender != null && Trust.isVerified(mail.headers(), mailbox.authservId());
        Mails.Entry entry = threads.place(letter.mailbox(), sender == null ? NOBODY : sender.handle(), mail, letter.bytes(), verified);
        Optional<String> rule = Silence.rule(mail, sender, content, mailboxes.addresses());
        rule.flatMap(any -> Bounce.read(mail)).ifPresent(returned::note);
        rule = rule.or(() -> tooMany(mailbox, entry));
        mails.note(entry, false, rule.isEmpty());
        var around = new Circumstances(verified, false, true, null, rule.orElse(null), raw(mail, content));
        return new Inbound(Mailboxes.CHANNEL, letter.mailbox(), entry.handle(), id(entry), sender == null ? null : sender.name(),
                text(content, mail, mails.goesOn(entry)), keep(content, letter), entry.thread(), null, letter.arrivedAt(), around);
    }

    private static Sender sender(Headers headers) {
        return Stream.of("From", "Sender", "Return-Path").flatMap(name -> headers.every(name).stream())
                .flatMap(value -> Sender.read(value).stream()).findFirst().orElse(null);
    }

    /** The last net under machines that answer each other without saying that they are machines. What waits is counted first: it may be an answer by then. */
    private Optional<String> tooMany(Mailbox mailbox, Mails.Entry entry) {
        boolean tooMany = !mails.isNoted(entry) && (mails.waiting(entry, HOUR) + mails.answers(entry, HOUR) >= mailbox.perHour()
                || mails.waiting(entry, DAY) + mails.answers(entry, DAY) >= mailbox.perDay());
        return tooMany ? Optional.of("too-many-answers") : Optional.empty();
    }

    /** Nobody can make a mail of somebody else pass for one that was here before, by sending theirs under its Message-ID. */
    private static String id(Mails.Entry entry) {
        return "<" + entry.messageId() + "> from " + entry.handle() + (entry.verified() ? "" : ", unverified");
    }

    /** The subject is said too, unless the mail goes on with a talk; a command stands alone. */
    private static String text(Content content, Part mail, boolean goesOn) {
        String subject = Cleaned.line(mail.headers().decoded("Subject"));
        String said = content.said().length() <= LONGEST
                ? content.said()
                : content.said().substring(0, LONGEST) + "\n\n[cut: the whole text is among the files]";
        if (said.startsWith("/")) {
            return Cleaned.text(said);
        }
        return Stream.of(goesOn && !said.isEmpty() ? "" : subject, said, content.whole() ? "" : LEFT_OUT)
                .filter(each -> !each.isEmpty()).map(Cleaned::text).collect(Collectors.joining("\n\n"));
    }

    private List<Attachment> keep(Content content, Letter letter) {
        Stream<Enclosure> mail = content.whole() ? Stream.empty() : Stream.of(Enclosure.of("mail.eml", "message/rfc822", letter.bytes()));
        Stream<Enclosure> text = content.said().length() > LONGEST || content.isVast()
                ? Stream.of(Enclosure.of("mail.txt", "text/plain", content.full().getBytes(StandardCharsets.UTF_8)))
                : Stream.empty();
        return Stream.of(mail, text, content.files().stream()).flatMap(files -> files)
                .map(file -> attachments.keep(file.name(), Cleaned.line(file.type()), file.bytes()))
                .toList();
    }

    private static String raw(Part mail, Content content) {
        String headers = mail.headers().all().stream().map(header -> header.name() + ": " + header.value()).collect(Collectors.joining("\n"));
        String raw = Cleaned.text(headers + "\n\n" + content.full());
        return raw.length() > LONGEST_RAW ? Cleaned.text(raw.substring(0, LONGEST_RAW)) : raw;
    }
}
