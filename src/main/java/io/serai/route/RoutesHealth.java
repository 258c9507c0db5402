package io.serai.route;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** {@code OUT_OF_DATE} while the folder holds a set that was refused. The hub serves on: it is told, and takes nothing out of service. */
@Component("routes")
class RoutesHealth implements HealthIndicator {

    private static final Status OUT_OF_DATE = new Status("OUT_OF_DATE");

    private final Reload reload;

    RoutesHealth(Reload reload) {
        this.reload = reload;
    }

    @Override
    public Health health() {
        Refusal refusal = reload.refusal();
        Health.Builder health = refusal == null ? Health.up() : Health.status(OUT_OF_DATE).withDetail("refused", refusal.at())
                .withDetail("faults", refusal.faults());
        return health.withDetail("revision", reload.revision()).build();
    }
}
