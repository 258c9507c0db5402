package io.serai.memory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Throws away what channels sent, once nobody will look into it any more; the messages made of it stay. */
@Component("shred")
class Shred {

    private final JdbcClient jdbc;

    Shred(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void shred() {
        jdbc.sql("delete from raw where kept_at < now() - interval '30 days'").update();
    }
}
