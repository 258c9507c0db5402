package io.serai.summary;

import io.serai.memory.Reflections;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Summaries that somebody asks for, before it is time for one. */
@Repository
public class Wanted {

    private final JdbcClient jdbc;
    private final Reflections reflections;

    Wanted(JdbcClient jdbc, Reflections reflections) {
        this.jdbc = jdbc;
        this.reflections = reflections;
    }

    /**
     * Has a conversation told in short up to what was said last, if anything was said since it was told the last time.
     *
     * @return false when this contact has no such conversation
     */
    @Transactional
    public boolean want(long contactId, long conversationId) {
        Optional<Long> last = jdbc.sql("""
                with said as (
                    select coalesce(max(talk.id), 0) as last from talk
                    where conversation_id = :conversation and not command
                      and id > coalesce((select max(up_to) from summary where conversation_id = :conversation), 0)
                )
                update conversation set summary_wanted = last > 0 from said
                where id = :conversation and contact_id = :contact
                returning last
                """)
                .param("contact", contactId)
                .param("conversation", conversationId)
                .query(Long.class)
                .optional();
        last.filter(message -> message > 0).ifPresent(message -> reflections.put(conversationId, message));
        return last.isPresent();
    }
}
