package io.serai.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How things stood, day by day; written by routes/timers/snapshot.yaml. */
@Repository
public class Snapshots {

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

    /** All of a day at a stage. */
    public record Total(String stage, long contacts, long hot, long quotes, long pending, long overdue) {}

    /** The last day there is, if there is any. */
    public Optional<LocalDate> last() {
        return jdbc.sql("select max(day) from snapshot").query(LocalDate.class).optional();
    }

    public List<Total> totals(LocalDate day) {
        return jdbc.sql("""
                select stage, count(*) as contacts, count(*) filter (where hot) as hot, sum(quotes) as quotes, sum(pending) as pending, sum(overdue) as overdue
                from snapshot where day = :day group by stage order by stage
                """)
                .param("day", day)
                .query(Total.class)
                .list();
    }

    public Optional<Row> find(LocalDate day, long contact) {
        return jdbc.sql("select day, contact_id, stage, hot, quotes, pending, overdue, line from snapshot where day = :day and contact_id = :contact")
                .param("day", day)
                .param("contact", contact)
                .query(Row.class)
                .optional();
    }

    /**
     * Hot ones first, then those with most that is overdue.
     *
     * @param words of which some stand in the line; blank for all
     * @param after with whom the page before ended, or null
     */
    public List<Row> of(LocalDate day, String words, Row after, int most) {
        return jdbc.sql("""
                select day, contact_id, stage, hot, quotes, pending, overdue, line from snapshot
                where day = :day
                  and (:words = '' or to_tsvector('simple', line || ' ' || stage) @@ replace(plainto_tsquery('simple', :words)::text, '&', '|')::tsquery)
                  and (not hot, -overdue, contact_id) > (:cold, :due, :contact)
                order by not hot, -overdue, contact_id
                limit :most
                """)
                .param("day", day)
                .param("words", words)
                .param("cold", after != null && !after.hot())
                .param("due", after == null ? Integer.MIN_VALUE : -after.overdue())
                .param("contact", after == null ? 0 : after.contactId())
                .param("most", most)
                .query(Row.class)
                .list();
    }
}
