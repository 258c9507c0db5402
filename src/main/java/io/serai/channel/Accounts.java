package io.serai.channel;

import io.serai.work.Lanes;
import io.serai.work.Queue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which of our accounts are not let in (revoked token, wrong password). While one is paused its parcels wait without using up attempts; each
 * minute one of them finds out whether the account is let in again. The database knows it, so that all hubs do.
 */
@Component
public class Accounts {

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);
    private static final Duration PROBE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Lanes lanes;
    private final Alerts alerts;
    private final Set<String> probed = ConcurrentHashMap.newKeySet();

    Accounts(JdbcClient jdbc, Lanes lanes, Alerts alerts) {
        this.jdbc = jdbc;
        this.lanes = lanes;
        this.alerts = alerts;
    }

    /** Pauses an account and calls a person, once. */
    public void pause(String channel, String account, String why) {
        boolean first = account("""
                insert into account_pause (channel, account, why, probe_at) values (:channel, :account, :why, now() + :probe * interval '1 second')
                on conflict do nothing
                """, channel, account).param("why", why).param("probe", PROBE.toSeconds()).update() == 1;
        if (first) {
            alerts.raise("%s is paused: %s. Nothing is sent or lost until it is let in again.".formatted(name(channel, account), why));
        }
    }

    /** Lets an account go on, and what waits for it go out. */
    public void resume(String channel, String account) {
        if (account("delete from account_pause where channel = :channel and account = :account", channel, account).update() == 1) {
            log.info("{} goes on", name(channel, account));
            List<Long> waiting = account("""
                    select distinct conversation_id from parcel join address on address.id = address_id
                    where channel = :channel and account = :account and state in ('waiting', 'sending')
                    """, channel, account).query(Long.class).list();
            lanes.hurry(Queue.PARCELS, waiting);
        }
    }

    /** Why accounts are paused, and since when, by {@code channel/account}. */
    Map<String, String> paused() {
        Map<String, String> paused = new TreeMap<>();
        jdbc.sql("select channel, account, why, paused_at::timestamptz(0)::text as since from account_pause").query(row -> {
            paused.put(row.getString("channel") + "/" + row.getString("account"), "paused since " + row.getString("since") + ": " + row.getString("why"));
        });
        return paused;
    }

    public boolean isPaused(String channel, String account) {
        return account("select exists (select from account_pause where channel = :channel and account = :account)", channel, account)
                .query(Boolean.class)
                .single();
    }

    /** Whether the one who asks is to find out if a paused account is let in again; true once a minute. */
    public boolean mayProbe(String channel, String account) {
        boolean may = account("""
                update account_pause set probe_at = now() + :probe * interval '1 second'
                where channel = :channel and account = :account and probe_at <= now()
                """, channel, account).param("probe", PROBE.toSeconds()).update() == 1;
        if (may) {
            probed.add(name(channel, account));
        }
        return may;
    }

    /** Something went out by this account: if that was to find out whether it is let in again, it is. */
    public void worked(String channel, String account) {
        if (probed.remove(name(channel, account))) {
            resume(channel, account);
        }
    }

    /** How long until somebody may ask again. */
    public Duration untilProbe(String channel, String account) {
        return account("""
                select ceil(extract(epoch from probe_at - now()) * 1000) from account_pause where channel = :channel and account = :account
                """, channel, account)
                .query(Long.class)
                .optional()
                .map(millis -> Duration.ofMillis(Math.max(millis, 0)))
                .orElse(Duration.ZERO);
    }

    private JdbcClient.StatementSpec account(String sql, String channel, String account) {
        return jdbc.sql(sql).param("channel", channel).param("account", account);
    }

    private static String name(String channel, String account) {
        return account.isBlank() ? "The account on " + channel : "The account " + account + " on " + channel;
    }
}
