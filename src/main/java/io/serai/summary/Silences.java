package io.serai.summary;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Conversations in which nothing has been said for long, and what is told when they go on. */
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

    /** Claims, for this hub alone, conversations that have gone quiet; how things stood before is no longer told. */
    List<Quiet> quiet(Instant since, int most) {
        return jdbc.sql("""
                with quiet as (
                    select conversation.id, last.id as last
                    from conversation
                    cross join lateral (select id, said_at from talk where conversation_id = conversation.id order by id desc limit 1) as last
                    where last.said_at < :since and (idle_at is null or idle_at < last.said_at)
                      and exists (select from talk where conversation_id = conversation.id and role = 'assistant' and not command)
                    limit :most
                    for no key update of conversation skip locked
                )
                update conversation set idle_at = :now, reactivation = null from quiet where conversation.id = quiet.id
                returning conversation.id as conversation, quiet.last
                """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .param("now", now())
                .query(Quiet.class)
                .list();
    }

    /** Whether nothing was said since a conversation was found quiet. */
    boolean isAtRest(long conversationId) {
        return jdbc.sql("""
                select coalesce(idle_at > (select said_at from talk where conversation_id = :conversation order by id desc limit 1), false)
                from conversation where id = :conversation
                """)
                .param("conversation", conversationId)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    void prepare(long conversationId, String reactivation) {
        jdbc.sql("update conversation set reactivation = :text where id = :conversation").param("text", reactivation).param("conversation", conversationId).update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
