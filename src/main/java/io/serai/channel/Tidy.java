package io.serai.channel;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sweeps away files whose message never came: its door kept them and was stopped before it was accepted, or it was here before. */
@Component("tidy")
class Tidy {

    private final JdbcClient jdbc;

    Tidy(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void tidy() {
        jdbc.sql("delete from attachment where message_id is null and kept_at < now() - interval '1 day'").update();
    }
}
