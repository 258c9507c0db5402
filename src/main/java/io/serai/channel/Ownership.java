package io.serai.channel;

import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lets one hub at a time do what only one may do: poll a bot, read a mailbox. All times are the database's. */
@Repository
public class Ownership {

    private final JdbcClient jdbc;

    /** Another start of the hub is somebody else. */
    private final String owner = UUID.randomUUID().toString();

    Ownership(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes it or keeps it; to be asked before each round, which must be over within the time.
     *
     * @return false while another hub has it
     */
    public boolean hold(String name, Duration time) {
        return jdbc.sql("""
                insert into ownership as present (name, owner, until)
                values (:name, :owner, clock_timestamp() + :time * interval '1 millisecond')
                on conflict (name) do update set owner = excluded.owner, until = excluded.until
                where present.owner = excluded.owner or present.until < clock_timestamp()
                """)
                .param("name", name)
                .param("owner", owner)
                .param("time", time.toMillis())
                .update() == 1;
    }

    /** Lets the next one have it at once; for the orderly end of a hub. */
    public void release(String name) {
        jdbc.sql("delete from ownership where name = :name and owner = :owner").param("name", name).param("owner", owner).update();
    }
}
