package io.serai.memory;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The transcript as the search over everything that was ever said sees it; {@code memory/layers/recall.sql} reads it. */
@Repository
class Recollections {

    record Recollection(long messageId, float[] embedding) {}

    private final JdbcClient jdbc;

    Recollections(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds messages, each once. The time is when it was said, not now; words are kept stemmed and as they were written. */
    @Transactional
    void add(List<Recollection> said) {
        for (Recollection recollection : said) {
            jdbc.sql("""
                    insert into recollection (message_id, contact_id, role, said_at, words, embedding)
                    select id, contact_id, role, said_at, to_tsvector('english', text) || to_tsvector('simple', text), (:embedding::real[])::vector
                    from message where id = :message
                    on conflict (message_id) do nothing
                    """)
                    .param("embedding", recollection.embedding())
                    .param("message", recollection.messageId())
                    .update();
        }
    }
}
