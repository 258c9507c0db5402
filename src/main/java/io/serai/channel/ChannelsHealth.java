package io.serai.channel;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Shows for each account whether it moves, and whether it may send. One that does not is shown, but does not take the whole hub out of service. */
@Component("channels")
class ChannelsHealth implements HealthIndicator {

    private final Pulses pulses;
    private final Accounts accounts;

    ChannelsHealth(Pulses pulses, Accounts accounts) {
        this.pulses = pulses;
        this.accounts = accounts;
    }

    @Override
    public Health health() {
        Map<String, Object> details = new TreeMap<>();
        pulses.all().forEach(pulse -> details.put(pulse.channel() + "/" + pulse.account(), tell(pulse)));
        pulses.off().forEach((channel, hint) -> details.put(channel, "off: " + hint));
        try {
            accounts.paused().forEach((account, why) -> details.merge(account, why, (moves, paused) -> moves + "; sending is " + paused));
        } catch (DataAccessException | TransactionException away) {
            details.put("paused", "nobody knows which accounts are: the database is away");
        }
        return Health.up().withDetails(details).build();
    }

    private static String tell(Pulse pulse) {
        String state = "%s, moved %d s ago".formatted(pulse.state().name().toLowerCase(Locale.ROOT), pulse.age().toSeconds());
        return pulse.trouble() == null ? state : state + ": " + pulse.trouble();
    }
}
