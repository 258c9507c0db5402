package io.serai.channel;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.stereotype.Component;

/** The accounts that are on, and what is off and how to turn it on. */
@Component
public class Pulses {

    private final Map<String, Pulse> pulses = new ConcurrentSkipListMap<>();
    private final Map<String, String> off = new ConcurrentSkipListMap<>();
    private final MeterRegistry meters;
    private final Clock clock;

    Pulses(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Begins to watch an account.
     *
     * @param patience how long it may stand still before it counts as stalled
     */
    public Pulse watch(String channel, String account, Duration patience) {
        off.remove(channel);
        Pulse pulse = new Pulse(channel, account, patience, clock);
        if (pulses.put(channel + "/" + account, pulse) == null) {
            Gauge.builder("serai.channel.age", () -> pulses.get(channel + "/" + account).age().toMillis() / 1000.0)
                    .description("Seconds since the last sign of life of an account")
                    .tag("channel", channel)
                    .tag("account", account)
                    .register(meters);
        }
        return pulse;
    }

    /** Says that a channel is off, and how it is turned on. */
    public void off(String channel, String hint) {
        off.put(channel, hint);
    }

    public Collection<Pulse> all() {
        return List.copyOf(pulses.values());
    }

    /** The channels that are off, each with the way to turn it on. */
    public Map<String, String> off() {
        return Map.copyOf(off);
    }
}
