package io.serai.email;

import io.serai.email.EmailSettings.Mailbox;
import io.serai.email.Positions.Position;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.ReceivedDateTerm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.springframework.stereotype.Component;

/** From where a mailbox is read on: from the position that was kept, where it still means something. */
@Component
class Bookmark {

    private static final Duration OVERLAP = Duration.ofHours(1);

    private final Positions positions;
    private final Clock clock;

    Bookmark(Positions positions, Clock clock) {
        this.positions = positions;
        this.clock = clock;
    }

    /** @throws MessagingException when the server does not go along */
    Position find(String name, Mailbox mailbox, IMAPFolder folder) throws MessagingException {
        String place = place(mailbox);
        Optional<Position> old = positions.find(name).filter(known -> known.place() == null || known.place().equals(place));
        return old.isPresent() && holds(old.get(), folder) ? old.get().at(place) : begin(name, mailbox, folder, old);
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
}
