package io.serai.email;

import io.serai.channel.Alerts;
import io.serai.channel.Door;
import io.serai.channel.Ownership;
import io.serai.channel.Shut;
import io.serai.email.EmailSettings.Mailbox;
import io.serai.email.Positions.Position;
import io.serai.message.Refused;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelExecutionException;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * One look into a mailbox: what is new is handed to {@code routes/receive/email.yaml}, in the order it came. A mail is marked as seen, and done with,
 * only once it is stored. One that cannot be read is kept aside and does not keep the next ones from being read.
 */
@Component
class Emptying {

    private static final Logger log = LoggerFactory.getLogger(Emptying.class);

    /** How long a hub may be at one mail before another one takes the mailbox over. */
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final int MOST_TRIES = 5;

    /** How often a mail could not be fetched. */
    private record Unfetched(long uid, int times) {

        Unfetched and(Unfetched next) {
            return next.uid == uid ? new Unfetched(uid, times + next.times) : next;
        }
    }

    /** The mail of each mailbox that is not handed out, and keeps the others waiting. */
    private final Map<String, Unfetched> unfetched = new ConcurrentHashMap<>();
    private final Positions positions;
    private final Bookmark bookmark;
    private final Ownership ownership;
    private final Door door;
    private final Alerts alerts;
    private final Clock clock;

    Emptying(Positions positions, Bookmark bookmark, Ownership ownership, Door door, Alerts alerts, Clock clock) {
        this.positions = positions;
        this.bookmark = bookmark;
        this.ownership = ownership;
        this.door = door;
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
        Position position = bookmark.find(name, mailbox, folder);
        for (Message mail : folder.getMessagesByUID(position.uid() + 1, UIDFolder.LASTUID)) {
            // The last mail of a folder is always among them (RFC 3501, section 6.4.8: the range n:*).
            if (mail != null && folder.getUID(mail) > position.uid()) {
                if (!isOurs(name)) {
                    return;
                }
                take(name, mailbox, position, mail, folder.getUID(mail));
            }
        }
        positions.polled(name, position.place());
    }

    private void take(String name, Mailbox mailbox, Position position, Message mail, long uid) throws MessagingException {
        boolean toBlame = isToBlame(name, mailbox, mail, uid);
        try {
            boolean wanted = uid >= position.freshFrom() || !mail.isSet(Flags.Flag.SEEN) && !arrivedAt(mail).isBefore(position.since());
            if (wanted) {
                accept(name, mailbox, position, mail, uid);
            }
        } catch (MessageRemovedException gone) {
            // Somebody deleted it before we could read it.
            log.debug("mail {} in mailbox {} is gone", uid, name);
        } catch (MessagingException failed) {
            if (!toBlame) {
                unfetched.merge(name, new Unfetched(uid, 1), Unfetched::and);
                throw failed;
            }
            aside(name, position, mail, uid, null, "the server does not hand it out, though it does others");
        }
        unfetched.remove(name);
        positions.done(name, uid);
    }

    /**
     * Whether it is this mail that cannot be fetched, and not the server that is unwell: one that waits behind it can be. With none behind it, it
     * keeps nobody waiting and is tried for as long as it takes.
     */
    private boolean isToBlame(String name, Mailbox mailbox, Message mail, long uid) throws MessagingException {
        Unfetched before = unfetched.get(name);
        if (before == null || before.uid() != uid || before.times() < MOST_TRIES) {
            return false;
        }
        Folder folder = mail.getFolder();
        for (int number = folder.getMessageCount(); number > mail.getMessageNumber(); number--) {
            Message behind = folder.getMessage(number);
            if (behind.getSize() <= mailbox.maxSize().toBytes()) {
                bytes(behind);
                return true;
            }
        }
        return false;
    }

    /** @throws MessagingException when it cannot be fetched; that says nothing about whether it can be stored, so it is no try */
    private void accept(String name, Mailbox mailbox, Position position, Message mail, long uid) throws MessagingException {
        if (mail.getSize() > mailbox.maxSize().toBytes()) {
            aside(name, position, mail, uid, null, "it is larger than " + mailbox.maxSize().toMegabytes() + " MB");
            return;
        }
        byte[] bytes = bytes(mail);
        var letter = new Letter(name, bytes, arrivedAt(mail));
        if (positions.trying(name, uid) > MOST_TRIES) {
            aside(name, position, mail, uid, bytes, "it could not be stored in " + MOST_TRIES + " tries");
            return;
        }
        try {
            handOver(letter);
            mark(mail, Flags.Flag.SEEN);
        } catch (Refused unreadable) {
            aside(name, position, mail, uid, bytes, unreadable.getMessage());
        } catch (RuntimeException failed) {
            if (failed instanceof TransactionException || Shut.isBehind(failed)) {
                // The mail is not to blame.
                positions.forgive(name);
            }
            throw failed;
        }
    }

    /** @throws Refused also when reading it overflowed the stack: that would happen again at each try, and the mails behind it would wait */
    void handOver(Letter letter) {
        try {
            door.receive(Mailboxes.CHANNEL, letter);
        } catch (CamelExecutionException failed) {
            throw failed.getCause() instanceof StackOverflowError tooDeep ? new Refused("it overflows the stack of who reads it", tooDeep) : failed;
        }
    }

    private void aside(String name, Position position, Message mail, long uid, byte[] raw, String why) {
        positions.aside(name, position.uidValidity(), uid, raw, why);
        String flagged = mark(mail, Flags.Flag.FLAGGED) ? "It is flagged there; moved" : "Moved";
        alerts.raise("Mail %d in mailbox %s was put aside: %s. %s out of %s and back it is read again."
                .formatted(uid, name, why, flagged, mail.getFolder().getFullName()));
    }

    /** For people who look into the mailbox too. We know by the position what is read, so where we may not mark anything it is done all the same. */
    private static boolean mark(Message mail, Flags.Flag flag) {
        try {
            mail.setFlag(flag, true);
            return true;
        } catch (MessagingException refused) {
            log.warn("a mail in {} could not be marked: {}", mail.getFolder().getFullName(), Cleaned.line(refused.toString()));
            return false;
        }
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
