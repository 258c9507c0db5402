package io.serai.email;

import io.serai.channel.Alerts;
import io.serai.channel.Ownership;
import io.serai.email.EmailSettings.Mailbox;
import io.serai.email.Positions.Position;
import io.serai.message.Refused;
import io.serai.message.Receipt;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.ReceivedDateTerm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * One look into a mailbox: what is new is handed to {@code routes/receive/email.yaml}, in the order it came. A mail is marked as seen, and done with,
 * only once it is stored. One that cannot be read is kept aside and does not keep the next ones from being read.
 */
@Component
class Emptying {

    /** How long a hub may be at one mail before another one takes the mailbox over. */
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final int MOST_TRIES = 5;
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final Positions positions;
    private final Ownership ownership;
    private final ProducerTemplate routes;
    private final Alerts alerts;
    private final Clock clock;

    Emptying(Positions positions, Ownership ownership, ProducerTemplate routes, Alerts alerts, Clock clock) {
        this.positions = positions;
        this.ownership = ownership;
        this.routes = routes;
        this.alerts = alerts;
        this.clock = clock;
    }

    boolean isOurs(String name) {
        return ownership.hold(lease(name), LEASE);
    }

    void release(String name) {
        ownership.release(lease(name));
    }

    private static String lease(String name) {
        return Mailboxes.CHANNEL + "/" + name;
    }

    /** @throws MessagingException when the server does not go along; what was done until then stays done */
    void look(String name, Mailbox mailbox, IMAPFolder folder) throws MessagingException {
        long validity = folder.getUIDValidity();
        Position position = positions.find(name).filter(known -> known.uidValidity() == validity).orElseGet(() -> begin(name, mailbox, folder));
        for (Message mail : folder.getMessagesByUID(position.uid() + 1, UIDFolder.LASTUID)) {
            // The last mail of a folder is always among them (RFC 3501, section 6.4.8: the range n:*).
            if (mail != null && folder.getUID(mail) > position.uid()) {
                if (!isOurs(name)) {
                    return;
                }
                take(name, mailbox, position, mail, folder.getUID(mail));
            }
        }
        positions.polled(name);
    }

    /** At the first look, or when the server has made the folder anew and the old UIDs mean nothing any more. */
    private Position begin(String name, Mailbox mailbox, IMAPFolder folder) {
        Instant since = positions.find(name).map(old -> old.polledAt().minus(OVERLAP)).orElseGet(() -> clock.instant().minus(mailbox.backlog()));
        try {
            long fresh = folder.getUIDNext();
            Message[] unread = folder.search(new AndTerm(new FlagTerm(new Flags(Flags.Flag.SEEN), false),
                    new ReceivedDateTerm(ComparisonTerm.GE, Date.from(since.minus(Duration.ofDays(1))))));
            long first = Arrays.stream(unread).mapToLong(mail -> uid(folder, mail)).min().orElse(fresh);
            var position = new Position(folder.getUIDValidity(), Math.min(first, fresh) - 1, fresh, since, clock.instant());
            positions.begin(name, position);
            return position;
        } catch (MessagingException failed) {
            throw new FolderUnreadable(failed);
        }
    }

    private static long uid(IMAPFolder folder, Message mail) {
        try {
            return folder.getUID(mail);
        } catch (MessagingException failed) {
            throw new FolderUnreadable(failed);
        }
    }

    private void take(String name, Mailbox mailbox, Position position, Message mail, long uid) throws MessagingException {
        try {
            boolean wanted = uid >= position.freshFrom() || !mail.isSet(Flags.Flag.SEEN) && !arrivedAt(mail).isBefore(position.since());
            if (wanted) {
                accept(name, mailbox, position, mail, uid);
            }
        } catch (MessageRemovedException gone) {
            // Somebody deleted it before we could read it.
            positions.done(name, uid);
            return;
        }
        positions.done(name, uid);
    }

    private void accept(String name, Mailbox mailbox, Position position, Message mail, long uid) throws MessagingException {
        int tries = positions.trying(name, uid);
        if (mail.getSize() > mailbox.maxSize().toBytes()) {
            aside(name, position, mail, uid, null, "it is larger than " + mailbox.maxSize().toMegabytes() + " MB");
        } else if (tries > MOST_TRIES) {
            aside(name, position, mail, uid, bytes(mail), "it could not be stored in " + MOST_TRIES + " tries");
        } else {
            byte[] bytes = bytes(mail);
            try {
                handOver(new Letter(name, bytes, arrivedAt(mail)));
                mail.setFlag(Flags.Flag.SEEN, true);
            } catch (Refused unreadable) {
                aside(name, position, mail, uid, bytes, unreadable.getMessage());
            } catch (DataAccessResourceFailureException | TransientDataAccessException | TransactionException away) {
                // The mail is not to blame.
                positions.forgive(name);
                throw away;
            }
        }
    }

    /** @throws Refused also when reading it overflowed the stack: that would happen again at each try, and the mails behind it would wait */
    void handOver(Letter letter) {
        try {
            if (routes.requestBody("direct:receive/email", letter, Receipt.class) == null) {
                throw new IllegalStateException("routes/receive/email.yaml ended without a receipt: nothing was stored");
            }
        } catch (CamelExecutionException failed) {
            throw switch (failed.getCause()) {
                case RuntimeException cause -> cause;
                case StackOverflowError tooDeep -> new Refused("it overflows the stack of who reads it", tooDeep);
                default -> failed;
            };
        }
    }

    private void aside(String name, Position position, Message mail, long uid, byte[] raw, String why) throws MessagingException {
        positions.aside(name, position.uidValidity(), uid, raw, why);
        mail.setFlag(Flags.Flag.FLAGGED, true);
        alerts.raise("Mail %d in mailbox %s was put aside: %s. It is flagged there; moved out of %s and back it is read again."
                .formatted(uid, name, why, mail.getFolder().getFullName()));
    }

    /** @throws MessagingException also when there is nothing, which is what a server that refused is taken to have said */
    private static byte[] bytes(Message mail) throws MessagingException {
        try (InputStream text = ((IMAPMessage) mail).getMimeStream()) {
            byte[] bytes = text.readAllBytes();
            if (bytes.length == 0) {
                throw new MessagingException("the server does not hand the mail out");
            }
            return bytes;
        } catch (IOException broken) {
            throw new MessagingException("the mail could not be fetched", broken);
        }
    }

    private Instant arrivedAt(Message mail) throws MessagingException {
        return mail.getReceivedDate() == null ? clock.instant() : mail.getReceivedDate().toInstant();
    }
}
