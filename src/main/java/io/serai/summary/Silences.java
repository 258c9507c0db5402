package io.serai.summary;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Conversations in which nothing has been said for long. */
@Repository
class Silences {

    /** A conversation, and the last that was said in it. */
    record Quiet(long conversation, long last) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    Silences(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The conversations that have gone quiet, the quietest first; where nothing was said since the last look nobody looks again. */
    List<Long> quiet(Instant since) {
        return jdbc.sql("""
                select id
                from conversation
                cross join lateral (
                    select coalesce((select said_at from talk where conversation_id = conversation.id order by id desc limit 1), created_at) as last_at
                ) as said
                where awake and last_at < :since
                order by last_at
                """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .list();
    }

    /**
     * Claims some of them for this hub alone, in its transaction.
     *
     * @return those in which we have answered, and something was said since they were claimed the last time
     */
    List<Quiet> claim(Collection<Long> conversations, Instant since) {
        // First held, then looked at: who says something either did so before, and is seen, or waits, and wakes it again.
        Long[] held = jdbc.sql("select id from conversation where id = any (:conversations) and awake for update skip locked")
                .param("conversations", conversations.toArray(Long[]::new))
                .query(Long.class)
                .list()
                .toArray(Long[]::new);
        return jdbc.sql("""
                with quiet as (
                    select conversation.id, last.id as last,
                           coalesce(idle_at < last.said_at, true)
                           and exists (select from talk where conversation_id = conversation.id and role = 'assistant' and not command) as stirred
                    from conversation
                    left join lateral (select id, said_at from talk where conversation_id = conversation.id order by id desc limit 1) as last on true
                    where conversation.id = any (:held) and coalesce(last.said_at, created_at) < :since
                ), rested as (
                    update conversation set awake = false, idle_at = case when stirred then :now else idle_at end
                    from quiet where conversation.id = quiet.id
                )
                select id as conversation, last from quiet where stirred order by id
                """)
                .param("held", held)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("now", now())
                .query(Quiet.class)
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
