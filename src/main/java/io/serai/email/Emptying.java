package io.serai.email;

import io.serai.channel.Alerts;
import io.serai.channel.Door;
import io.serai.channel.Ownership;
import io.serai.database.Absence;
import io.serai.email.EmailSettings.Mailbox;
import io.serai.email.Positions.Position;
import io.serai.message.Refused;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelExecutionException;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
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
    private static final Duration OVERLAP = Duration.ofHours(1);

    /** How often a mail could not be fetched. */
    private record Unfetched(long uid, int times) {

        Unfetched and(Unfetched next) {
            return next.uid == uid ? new Unfetched(uid, times + next.times) : next;
        }
    }

    /** The mail of each mailbox that is not handed out, and keeps the others waiting. */
    private final Map<String, Unfetched> unfetched = new ConcurrentHashMap<>();
    private final Positions positions;
    private final Ownership ownership;
    private final Door door;
    private final Alerts alerts;
    private final Clock clock;

    Emptying(Positions positions, Ownership ownership, Door door, Alerts alerts, Clock clock) {
        this.positions = positions;
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
        Optional<Position> old = positions.find(name).filter(known -> known.place() == null || known.place().equals(place(mailbox)));
        Position position = old.isPresent() && holds(old.get(), folder) ? old.get() : begin(name, mailbox, folder, old);
        for (Message mail : folder.getMessagesByUID(position.uid() + 1, UIDFolder.LASTUID)) {
            // The last mail of a folder is always among them (RFC 3501, section 6.4.8: the range n:*).
            if (mail != null && folder.getUID(mail) > position.uid()) {
                if (!isOurs(name)) {
                    return;
                }
                take(name, mailbox, position, mail, folder.getUID(mail));
            }
        }
        positions.polled(name, place(mailbox));
    }

    /** Tells one mailbox from another; a UIDVALIDITY does so only among the folders of one name (RFC 3501, section 2.3.1.1), and many servers have but one. */
    private static String place(Mailbox mailbox) {
        return mailbox.imap().host().toLowerCase(Locale.ROOT) + " " + mailbox.user() + " " + mailbox.folder();
    }

    /** UIDs never start over within a UIDVALIDITY, unless the server gave the same to a folder that it made anew. */
    private static boolean holds(Position known, IMAPFolder folder) throws MessagingException {
        return known.uidValidity() == folder.getUIDValidity() && !startsOver(known, folder);
    }

    private static boolean startsOver(Position known, IMAPFolder folder) throws MessagingException {
        return folder.getUIDNext() >= 0 && next(folder) <= known.uid();
    }

    /** The UID of the next mail that comes: as the server tells, unless it tells none (RFC 3501, section 6.3.1), or one below what is there. */
    private static long next(IMAPFolder folder) throws MessagingException {
        int mails = folder.getMessageCount();
        long highest = mails == 0 ? 0 : folder.getUID(folder.getMessage(mails));
        return Math.max(folder.getUIDNext(), highest + 1);
    }

    /**
     * At the first look, or when the server has made the folder anew and the old UIDs mean nothing any more.
     *
     * @param old how far the same folder had been read before
     */
    private Position begin(String name, Mailbox mailbox, IMAPFolder folder, Optional<Position> old) {
        Instant since = old.map(Position::polledAt).map(last -> last.minus(OVERLAP)).orElseGet(() -> clock.instant().minus(mailbox.backlog()));
        try {
            long fresh = next(folder);
            Message[] unread = folder.search(new AndTerm(new FlagTerm(new Flags(Flags.Flag.SEEN), false),
                    new ReceivedDateTerm(ComparisonTerm.GE, Date.from(since.minus(Duration.ofDays(1))))));
            long first = Arrays.stream(unread).mapToLong(mail -> uid(folder, mail)).min().orElse(fresh);
            var position = new Position(place(mailbox), folder.getUIDValidity(), Math.min(first, fresh) - 1, fresh, since, clock.instant());
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
            if (isOfTheDatabase(failed)) {
                positions.forgive(name);
            }
            throw failed;
        }
    }

    /** Then the mail is not to blame. */
    private static boolean isOfTheDatabase(RuntimeException failure) {
        return failure instanceof TransientDataAccessException || failure instanceof TransactionException || Absence.isBehind(failure);
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
