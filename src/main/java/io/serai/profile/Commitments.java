package io.serai.profile;

import io.serai.message.Message;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who promised what by when. Overdue is what is not done and past its time, by the clock; nobody has to say so. */
@Repository
public class Commitments {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE dd MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("EEE dd MMM yyyy HH:mm", Locale.ENGLISH);

    /**
     * @param who us or them
     * @param dueAt overdue from then on: of a day without a time, when the next day begins
     */
    public record Commitment(long id, String who, String what, String due, OffsetDateTime dueAt, OffsetDateTime doneAt, long messageId) {

        public boolean isOverdue(Instant now) {
            return doneAt == null && dueAt != null && dueAt.toInstant().isBefore(now);
        }

        /**
         * What it is, and by when: in their words, and by the calendar. What is due as a day begins was promised for the one that ends.
         *
         * @param zone where the contact is
         */
        public String told(ZoneId zone) {
            String day = dueAt == null ? null : day(dueAt.atZoneSameInstant(zone));
            String when = Stream.of(due, day).filter(Objects::nonNull).collect(Collectors.joining(", "));
            return what + (when.isEmpty() ? "" : " (" + when + ")");
        }

        private static String day(ZonedDateTime at) {
            return at.equals(at.toLocalDate().atStartOfDay(at.getZone())) ? DAY.format(at.minusSeconds(1)) : MOMENT.format(at);
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    Commitments(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Soonest first. */
    public List<Commitment> open(long contactId) {
        return jdbc.sql("""
                select id, who, what, due, due_at, done_at, message_id from commitment
                where contact_id = :contact and done_at is null order by due_at nulls last, id
                """)
                .param("contact", contactId)
                .query(Commitment.class)
                .list();
    }

    /** Done or not, the newest first, from before one of them. */
    public List<Commitment> of(long contactId, long before, int most) {
        return jdbc.sql("""
                select id, who, what, due, due_at, done_at, message_id from commitment
                where contact_id = :contact and id < :before order by id desc limit :most
                """)
                .param("contact", contactId)
                .param("before", before)
                .param("most", most)
                .query(Commitment.class)
                .list();
    }

    void promised(long contactId, String who, String what, String due, Optional<Instant> dueAt, Message source) {
        jdbc.sql("""
                insert into commitment (contact_id, who, what, due, due_at, message_id, made_at)
                select :contact, :who, :what, :due, :dueAt, :message, :made
                where not exists (select from commitment
                                  where contact_id = :contact and who = :who and lower(what) = lower(:what) and done_at is null
                                    and due_at is not distinct from :dueAt::timestamptz)
                on conflict do nothing
                """)
                .param("contact", contactId)
                .param("who", who)
                .param("what", what)
                .param("due", due)
                .param("dueAt", dueAt.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .param("message", source.id())
                .param("made", source.saidAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Somebody knows that it is done. */
    public boolean done(long contactId, long id) {
        return jdbc.sql("update commitment set done_at = coalesce(done_at, :now) where contact_id = :contact and id = :id")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("contact", contactId)
                .param("id", id)
                .update() == 1;
    }

    /** Only what this contact was promised, or has promised, can be kept. */
    void fulfilled(long contactId, List<Long> ids) {
        jdbc.sql("update commitment set done_at = :now where contact_id = :contact and id = any (:ids) and done_at is null")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("contact", contactId)
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }
}
