package io.serai.contact;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Ends the waiting of messages about whose sender nobody decided in a long time: an answer would come as a surprise. */
@Component("lapse")
class Lapse {

    private final JdbcClient jdbc;
    private final ContactSettings settings;

    Lapse(JdbcClient jdbc, ContactSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    public void lapse() {
        jdbc.sql("""
                update message set held_by = null, suppressed_by = 'undecided'
                where held_by is not null and stored_at < now() - :keep * interval '1 second'
                """)
                .param("keep", settings.pairing().keep().toSeconds())
                .update();
    }
}
