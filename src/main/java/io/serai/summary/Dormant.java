package io.serai.summary;

import io.serai.PublicAddress;
import io.serai.channel.Reports;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reports the contacts that have gone dormant since the last report: each once, by one hub, and not before the report was sent. It names nobody, since a
 * report may go anywhere: the list behind it is for who may see it.
 */
@Component("dormant")
class Dormant {

    private static final int NAMED = 50;
    private static final String LIST = "/api/contacts?dormant=true";

    private final JdbcClient jdbc;
    private final Reports reports;
    private final PublicAddress hub;

    Dormant(JdbcClient jdbc, Reports reports, PublicAddress hub) {
        this.jdbc = jdbc;
        this.reports = reports;
        this.hub = hub;
    }

    /** @return how many there were; 0 while another hub is at it */
    @Transactional
    public int dormant() {
        List<Long> gone = isOurs() ? untold() : List.of();
        if (!gone.isEmpty()) {
            reports.send(text(gone));
            // now() is when this transaction began; whoever went dormant since, or by a clock that is ahead, would be told again
            jdbc.sql("update contact set dormant_told_at = greatest(dormant_at, now()) where id = any (:ids)").param("ids", gone.toArray(Long[]::new)).update();
        }
        return gone.size();
    }

    private boolean isOurs() {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('report of who is dormant', 0))").query(Boolean.class).single();
    }

    private List<Long> untold() {
        return jdbc.sql("""
                select id from contact
                where dormant_at is not null and merged_into is null and (dormant_told_at is null or dormant_told_at < dormant_at)
                order by id
                """)
                .query(Long.class)
                .list();
    }

    private String text(List<Long> gone) {
        String named = gone.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return "%d contact(s) went dormant, nobody is deleted: %s%s. Who they are: GET %s".formatted(
                gone.size(), named, gone.size() > NAMED ? " and %d more".formatted(gone.size() - NAMED) : "", hub.of(LIST).orElse(LIST));
    }
}
