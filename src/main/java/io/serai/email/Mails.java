package io.serai.email;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The mails that went to and fro, as far as threads and limits need them. */
@Repository
class Mails {

    /**
     * @param handle the other side
     * @param messageId without angle brackets, as all ids here
     * @param thread the id of its thread's first mail
     * @param ancestors its References, oldest first
     */
    record Entry(String account, String handle, String messageId, String thread, String subject, List<String> ancestors) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    Mails(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Notes a mail, once. */
    void note(Entry entry, boolean ours, boolean automatic) {
        jdbc.sql("""
                insert into mail (account, handle, message_id, thread, subject, ancestors, ours, automatic, at)
                values (:account, :handle, :id, :thread, :subject, :ancestors, :ours, :automatic, :at)
                on conflict do nothing
                """)
                .param("account", entry.account())
                .param("handle", entry.handle())
                .param("id", entry.messageId())
                .param("thread", entry.thread())
                .param("subject", entry.subject())
                .param("ancestors", String.join(" ", entry.ancestors()))
                .param("ours", ours)
                .param("automatic", automatic)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean isNoted(String account, String handle, String messageId) {
        return jdbc.sql("select exists (select from mail where account = :account and handle = :handle and message_id = :id)")
                .param("account", account)
                .param("handle", handle)
                .param("id", messageId)
                .query(Boolean.class)
                .single();
    }

    /** The thread of the first of these mails that went to or came from this address. */
    Optional<String> thread(String account, String handle, List<String> messageIds) {
        return jdbc.sql("""
                select thread from mail where account = :account and handle = :handle and message_id = any (:ids)
                order by array_position(:ids, message_id) limit 1
                """)
                .param("account", account)
                .param("handle", handle)
                .param("ids", messageIds.toArray(String[]::new))
                .query(String.class)
                .optional();
    }

    /** The mail of a thread that an answer now would follow: their last one, or ours where they said nothing yet. */
    Optional<Entry> last(String account, String handle, String thread) {
        return jdbc.sql("""
                select account, handle, message_id, thread, subject, ancestors from mail
                where account = :account and handle = :handle and thread = :thread
                order by ours, at desc limit 1
                """)
                .param("account", account)
                .param("handle", handle)
                .param("thread", thread)
                .query((row, number) -> new Entry(account, handle, row.getString("message_id"), thread, row.getString("subject"),
                        row.getString("ancestors").isEmpty() ? List.of() : List.of(row.getString("ancestors").split(" "))))
                .optional();
    }

    /** How many automatic answers went to an address within this time. */
    int answers(String account, String handle, Duration within) {
        return count("ours and automatic", account, handle, within);
    }

    /** How many of their mails within this time still wait for such an answer. */
    int waiting(String account, String handle, Duration within) {
        return count("""
                not ours and automatic and at > coalesce(
                    (select max(at) from mail as sent where sent.account = mail.account and sent.handle = mail.handle and sent.ours), '-infinity')
                """, account, handle, within);
    }

    private int count(String which, String account, String handle, Duration within) {
        return jdbc.sql("select count(*) from mail where account = :account and handle = :handle and at > :since and " + which)
                .param("account", account)
                .param("handle", handle)
                .param("since", clock.instant().minus(within).atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }
}
