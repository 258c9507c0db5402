package io.serai.email;

import io.serai.dialect.Dialect;
import io.serai.dialect.Dialects;
import io.serai.email.EmailSettings.Mailbox;
import io.serai.message.Parcel;
import io.serai.message.Refused;
import jakarta.mail.MessagingException;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Sends a parcel as a mail, in the thread it belongs to: text and HTML, with a Message-ID made from the parcel, so that one that is sent again is
 * the same mail. Gives back that id.
 */
@Component("mail")
class Mail {

    private static final Dialect HTML = Dialects.of("email");
    private static final Dialect TEXT = Dialects.of("plain");
    private static final int LONGEST = 100_000;
    private static final int LONGEST_SUBJECT = 100;
    private static final String CUT = "*This mail was too long. The whole text is in the attached file message.txt.*";

    private final Mailboxes mailboxes;
    private final MessageIds ids;
    private final Mails mails;

    Mail(Mailboxes mailboxes, MessageIds ids, Mails mails) {
        this.mailboxes = mailboxes;
        this.ids = ids;
        this.mails = mails;
    }

    /** @throws Refused when there is no such mailbox any more, or the address got as many automatic answers as are good for it */
    public String mail(Parcel parcel) {
        String name = parcel.to().account();
        Mailbox mailbox = mailboxes.find(name).orElseThrow(() -> new Refused("there is no mailbox " + name + " that could send it"));
        String from = Sender.handle(mailbox.address()).orElseThrow();
        Optional<Mails.Entry> parent = parcel.thread() == null ? Optional.empty() : mails.last(name, parcel.to().handle(), parcel.thread());
        Mails.Entry entry = entry(parcel, ids.of(parcel.id(), from.substring(from.lastIndexOf('@') + 1)), parent);
        boolean answers = parcel.thread() != null;
        if (answers) {
            restrain(mailbox, entry);
        }
        var smtp = new Smtp(name, mailbox, parcel.to().handle());
        Outgoing mail = compose(smtp, mailbox, entry, parent, parcel);
        mails.note(entry, true, answers);
        smtp.send(mail);
        return "<" + entry.messageId() + ">";
    }

    private static Mails.Entry entry(Parcel parcel, String id, Optional<Mails.Entry> parent) {
        String subject = parent.map(Mails.Entry::subject).filter(said -> !said.isBlank()).map(Mail::answer).orElseGet(() -> title(parcel.text()));
        return new Mails.Entry(parcel.to().account(), parcel.to().handle(), id, parent.map(Mails.Entry::thread).orElse(id), subject, List.of(),
                parent.map(Mails.Entry::verified).orElse(true));
    }

    /** One Re: however long the talk, also where the other side says it in its own language. */
    private static String answer(String subject) {
        return MailThreads.topic(subject).equals(subject) ? "Re: " + subject : subject;
    }

    /** What nobody asked for is called by its first line. */
    private static String title(String markdown) {
        String line = TEXT.render(markdown).lines().map(String::strip).filter(text -> !text.isEmpty()).findFirst().orElse("Message");
        return line.length() > LONGEST_SUBJECT ? Cleaned.text(line.substring(0, LONGEST_SUBJECT)) + " ..." : line;
    }

    /** Holds also for answers to mails that came at once, before the first of them was answered. */
    private void restrain(Mailbox mailbox, Mails.Entry entry) {
        if (mails.answers(entry, Duration.ofHours(1)) >= mailbox.perHour() || mails.answers(entry, Duration.ofDays(1)) >= mailbox.perDay()) {
            throw new Refused("too-many-answers: this address got %d automatic answers within an hour or %d within a day (docs/channels.md)"
                    .formatted(mailbox.perHour(), mailbox.perDay()));
        }
    }

    private static Outgoing compose(Smtp smtp, Mailbox mailbox, Mails.Entry entry, Optional<Mails.Entry> parent, Parcel parcel) {
        String markdown = HTML.truncated(parcel.text(), LONGEST, CUT);
        boolean isWhole = markdown.equals(parcel.text());
        try {
            var mail = new Outgoing(smtp.session(), entry.messageId());
            mail.address(mailbox.address(), mailbox.name(), entry.handle());
            mail.title(entry.subject());
            mail.mark(parcel.thread() != null);
            if (parent.isPresent()) {
                mail.follow(parent.get());
            }
            mail.write(TEXT.render(markdown), HTML.render(markdown), isWhole ? null : TEXT.render(parcel.text()));
            mail.saveChanges();
            return mail;
        } catch (MessagingException | UnsupportedEncodingException impossible) {
            throw new Refused("no mail can be made of it: " + impossible.getMessage(), impossible);
        }
    }
}
