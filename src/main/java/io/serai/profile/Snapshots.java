package io.serai.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How things stood, day by day; written by routes/timers/snapshot.yaml. */
@Repository
public class Snapshots {

    private static final int MOST = 10_000;

    private final JdbcClient jdbc;

    Snapshots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How things stood with one contact.
     *
     * @param hot whether a deal is near
     * @param quotes promised by us and not yet sent
     */
    public record Row(LocalDate day, long contactId, String stage, boolean hot, int quotes, int pending, int overdue, String line) {

        /** The stage as marketing sees it; null when it has no view of it. */
        @JsonProperty
        public String marketing() {
            return Stage.marketing(stage).orElse(null);
        }
    }

    /**
     * @param day null for the last there is
     * @param words of which some stand in the line; blank for all
     */
    public List<Row> of(LocalDate day, String words) {
        return jdbc.sql("""
                select day, contact_id, stage, hot, quotes, pending, overdue, line from snapshot
                where day = coalesce(:day::date, (select max(day) from snapshot))
                  and (:words = '' or to_tsvector('simple', line || ' ' || stage) @@ replace(plainto_tsquery('simple', :words)::text, '&', '|')::tsquery)
                order by hot desc, overdue desc, contact_id
                limit :most
                """)
                .param("day", day)
                .param("words", words)
                .param("most", MOST)
                .query(Row.class)
                .list();
    }
}
