package io.serai.work;

import io.serai.database.Bell;
import io.serai.message.Refused;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;

/**
 * Durable work, in order for each conversation, from Postgres: {@code from: work:turns}.
 *
 * <p>A prototype, because a component belongs to the one Camel context that asked for it.
 */
@Component("work")
@org.springframework.stereotype.Component("work")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
class WorkComponent extends DefaultComponent {

    private final Claims claims;
    private final Leases leases;
    private final DeadLetters deadLetters;
    private final Bell bell;
    private final Progress progress;
    private final List<Shelf<?>> shelves;

    WorkComponent(Claims claims, Leases leases, DeadLetters deadLetters, Bell bell, Progress progress, List<Shelf<?>> shelves) {
        this.claims = claims;
        this.leases = leases;
        this.deadLetters = deadLetters;
        this.bell = bell;
        this.progress = progress;
        this.shelves = shelves;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        var endpoint = new WorkEndpoint(uri, this, queue(remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static Queue queue(String name) {
        try {
            return Queue.of(name);
        } catch (IllegalArgumentException unknown) {
            throw new Refused("there is no queue '%s': write work:turns, work:parcels or work:reflections".formatted(name), unknown);
        }
    }

    Shelf<?> shelf(Queue queue) {
        return shelves.stream()
                .filter(shelf -> shelf.queue() == queue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody keeps the shelf of " + queue.word()));
    }

    Claims claims() {
        return claims;
    }

    Leases leases() {
        return leases;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    Bell bell() {
        return bell;
    }

    Progress progress() {
        return progress;
    }
}
