package io.serai.email;

import io.serai.contact.Trace;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The mails that went to and fro, as far as threads and limits need them. */
@Repository
class Mails implements Trace {

    /**
     * @param handle the other side
     * @param messageId without angle brackets, as all ids here
     * @param thread the id of its thread's first mail, or what stands for it
     * @param ancestors its References, oldest first
     * @param verified whether the thread is one with the real owner of the handle
     */
    record Entry(String account, String handle, String messageId, String thread, String subject, List<String> ancestors, boolean verified) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    Mails(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String table() {
        return "mail";
    }

    /** Who is not verified has an address for each thread. */
    @Override
    public String condition() {
        return """
                exists (select from address
                        where channel = 'email' and address.account = mail.account and address.handle = mail.handle
                          and address.unverified = case when verified then '' else mail.thread end and contact_id = any (:contacts))
                """;
    }

    /** Notes a mail, once. */
    void note(Entry entry, boolean ours, boolean automatic) {
        jdbc.sql("""
                insert into mail (account, handle, message_id, thread, subject, ancestors, verified, ours, automatic, at)
                values (:account, :handle, :id, :thread, :subject, :ancestors, :verified, :ours, :automatic, :at)
                on conflict do nothing
                """)
                .param("account", entry.account())
                .param("handle", entry.handle())
                .param("id", entry.messageId())
                .param("thread", entry.thread())
                .param("subject", entry.subject())
                .param("ancestors", String.join(" ", entry.ancestors()))
                .param("verified", entry.verified())
                .param("ours", ours)
                .param("automatic", automatic)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean isNoted(Entry entry) {
        return jdbc.sql("select exists (select from mail where account = :account and handle = :handle and message_id = :id and verified = :verified)")
                .param("account", entry.account())
                .param("handle", entry.handle())
                .param("id", entry.messageId())
                .param("verified", entry.verified())
                .query(Boolean.class)
                .single();
    }

    /**
     * The thread to which the first of these mails belongs, among those with this address. Who is not verified proves by the id of a mail of ours,
     * which cannot be guessed, that they received it; any other id is no proof.
     */
    Optional<String> thread(String account, String handle, boolean verified, List<String> messageIds) {
        return jdbc.sql("""
                select thread from mail
                where account = :account and handle = :handle and verified = :verified and (ours or verified) and message_id = any (:ids)
                order by array_position(:ids, message_id) limit 1
                """)
                .param("account", account)
                .param("handle", handle)
                .param("verified", verified)
                .param("ids", messageIds.toArray(String[]::new))
                .query(String.class)
                .optional();
    }

    /** The mail of a thread that an answer now would follow: their last one, rather one by a person, or ours where they said nothing yet. */
    Optional<Entry> last(String account, String handle, String thread) {
        return jdbc.sql("""
                select message_id, subject, ancestors, verified from mail
                where account = :account and handle = :handle and thread = :thread
                order by ours, automatic desc, at desc limit 1
                """)
                .param("account", account)
                .param("handle", handle)
                .param("thread", thread)
                .query((row, number) -> new Entry(account, handle, row.getString("message_id"), thread, row.getString("subject"),
                        row.getString("ancestors").isEmpty() ? List.of() : List.of(row.getString("ancestors").split(" ")), row.getBoolean("verified")))
                .optional();
    }

    /** Whether there is talk under the subject of this mail in its thread besides it: a talk that began before us, or turns to another subject, is new. */
    boolean goesOn(Entry entry) {
        return jdbc.sql("""
                select distinct subject from mail
                where account = :account and handle = :handle and thread = :thread and verified = :verified and message_id <> :id
                """)
                .param("account", entry.account())
                .param("handle", entry.handle())
                .param("thread", entry.thread())
                .param("verified", entry.verified())
                .param("id", entry.messageId())
                .query(String.class)
                .list().stream().anyMatch(subject -> MailThreads.topic(subject).equals(MailThreads.topic(entry.subject())));
    }

    /** How many automatic answers went to the one who wrote this within a time. */
    int answers(Entry to, Duration within) {
        return count("*", "ours and automatic", to, within);
    }

    /**
     * How many other answers the one who wrote this still waits for, within a time: who is verified has one talk, and what waits in it is answered at
     * once; who is not has one in each thread.
     */
    int waiting(Entry from, Duration within) {
        return from.verified() ? 0 : count("distinct thread", """
                not ours and automatic and thread <> :thread and at > coalesce(
                    (select max(at) from mail as sent where sent.account = mail.account and sent.handle = mail.handle and sent.verified = mail.verified
                     and sent.thread = mail.thread and sent.ours), '-infinity')
                """, from, within);
    }

    private int count(String what, String which, Entry entry, Duration within) {
        return jdbc.sql("""
                select count(%s) from mail
                where account = :account and handle = :handle and verified = :verified and at > :since and message_id is distinct from :id and %s
                """.formatted(what, which))
                .param("account", entry.account())
                .param("handle", entry.handle())
                .param("verified", entry.verified())
                .param("id", entry.messageId())
                .param("thread", entry.thread())
                .param("since", clock.instant().minus(within).atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }
}
