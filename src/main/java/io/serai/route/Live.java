package io.serai.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.impl.engine.DefaultRouteStartupOrder;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceHelper;

/**
 * The routes of the running Camel context, and how one of them leaves it without being stopped.
 *
 * <p>Camel knows its routes by their ids, in four places: the model, the list of routes, the order of their start and the services. A route that was
 * taken out of the first three goes on with what it has; the service of the next version takes the fourth (Camel 4.17, {@code
 * AbstractCamelContext.startRouteService}).
 */
final class Live {

    private final ModelCamelContext camel;
    private final Traffic traffic;

    Live(ModelCamelContext camel, Traffic traffic) {
        this.camel = camel;
        this.traffic = traffic;
    }

    /** A version of a route. */
    record Version(RouteService service, Route route, Consumer consumer) {

        String id() {
            return route.getId();
        }
    }

    /** What runs under an id. */
    Optional<Version> version(String id) {
        return versions().stream().filter(version -> version.id().equals(id)).findFirst();
    }

    /** What runs, the routes of Kamelets too. */
    List<Version> versions() {
        return order().stream()
                .map(order -> new Version(((DefaultRouteStartupOrder) order).getRouteService(), order.getRoute(), order.getInput()))
                .toList();
    }

    /** Takes a route out of everything that knows it by its id; it goes on. */
    void detach(Version version) {
        order().removeIf(order -> order.getRoute() == version.route());
        extended().removeRoute(version.route());
        forget(version.id());
    }

    /** Takes the definition of a route, running or not, out of the model. */
    void forget(String id) {
        List<RouteDefinition> gone = camel.getRouteDefinitions().stream().filter(definition -> id.equals(definition.getId())).toList();
        camel.getRouteDefinitions().removeAll(gone);
    }

    /** Lets nothing more in. What can be suspended is, since stopping it might break off what is under way. */
    void close(Version version) {
        Consumer consumer = version.consumer();
        if (version.route().getEndpoint() instanceof QuartzEndpoint) {
            // Suspended it would keep its trigger, which belongs to the next version.
            ServiceHelper.stopService(consumer);
        } else {
            ServiceHelper.suspendService(consumer);
        }
    }

    /**
     * Lets in what is for a route that was built closed. With Quartz several versions have one trigger, by its name: to close the former one has paused it,
     * and a version that could not be built has deleted it. So it is set anew.
     */
    void open(String id) throws Exception {
        if (camel.getRoute(id).getEndpoint() instanceof QuartzEndpoint clock) {
            clock.getComponent().getScheduler().unscheduleJob(clock.getTriggerKey());
            clock.stop();
            clock.start();
        }
        camel.getRouteController().startRoute(id);
    }

    /** Whether it is the inside of a Kamelet that others call, and must go on as long as they do. */
    static boolean isCalled(Version version) {
        return version.route().getEndpoint() instanceof KameletEndpoint;
    }

    /** What is under way in a version, claimed by its consumer or passing its steps, and what these do beside, such as wire taps. */
    int pending(Version version) {
        int claimed = version.consumer() instanceof ShutdownAware aware ? aware.getPendingExchangesSize() : 0;
        int beside = version.route().getServices().stream()
                .filter(service -> service instanceof ShutdownAware && service != version.consumer())
                .mapToInt(service -> ((ShutdownAware) service).getPendingExchangesSize())
                .sum();
        return Math.max(traffic.of(version.route()).inFlight(), claimed) + beside;
    }

    /** Ends a version that has nothing to do any more; to remove it would shut down its endpoint, even if the next one starts from it under another id. */
    void end(Version version) throws Exception {
        boolean replaced = camel.getRoute(version.id()) != null || version(version.id()).isPresent();
        boolean shared = versions().stream().anyMatch(other -> other.route().getEndpoint() == version.route().getEndpoint());
        if (replaced || shared) {
            version.service().stop();
            ServiceHelper.stopAndShutdownServices(version.route().getServices());
        } else {
            camel.getRouteController().stopRoute(version.id());
            camel.removeRoute(version.id());
        }
        traffic.forget(version.route());
    }

    Set<Endpoint> endpoints(Version version) {
        Set<Endpoint> endpoints = new LinkedHashSet<>(version.service().gatherEndpoints());
        endpoints.add(version.route().getEndpoint());
        return endpoints;
    }

    /** Removes endpoints that nobody uses any more; with a Kamelet its inside, with Quartz its trigger unless the next version has it. */
    void sweep(Set<Endpoint> candidates, List<Version> leaving) throws Exception {
        Set<Endpoint> used = new HashSet<>();
        versions().forEach(version -> used.addAll(endpoints(version)));
        leaving.forEach(version -> used.addAll(endpoints(version)));
        for (Endpoint endpoint : candidates) {
            if (!used.contains(endpoint)) {
                if (endpoint instanceof KameletEndpoint kamelet) {
                    remove(kamelet);
                } else if (endpoint instanceof QuartzEndpoint clock && used.stream().anyMatch(other -> hasTriggerOf(other, clock))) {
                    clock.setDeleteJob(false);
                    clock.setPauseJob(false);
                }
                camel.removeEndpoint(endpoint);
            }
        }
    }

    private static boolean hasTriggerOf(Endpoint endpoint, QuartzEndpoint clock) {
        return endpoint instanceof QuartzEndpoint other && other.getTriggerKey().equals(clock.getTriggerKey());
    }

    private void remove(KameletEndpoint kamelet) throws Exception {
        Optional<Version> inside = version(kamelet.getRouteId());
        if (inside.isPresent()) {
            Set<Endpoint> within = endpoints(inside.get());
            camel.getRouteController().stopRoute(kamelet.getRouteId());
            camel.removeRoute(kamelet.getRouteId());
            forget(kamelet.getRouteId());
            traffic.forget(inside.get().route());
            within.remove(kamelet);
            sweep(within, List.of());
        }
    }

    /** The uses of Kamelets, by the endpoints that were made for them; taken out of the registry, so that the next use makes its own. */
    List<KameletEndpoint> detachKamelets(Set<String> names) {
        List<KameletEndpoint> detached = new ArrayList<>();
        new ArrayList<>(camel.getEndpointRegistry().entrySet()).forEach(entry -> {
            if (entry.getValue() instanceof KameletEndpoint kamelet && names.contains(kamelet.getTemplateId())) {
                camel.getEndpointRegistry().remove(entry.getKey());
                detached.add(kamelet);
            }
        });
        return detached;
    }

    private List<RouteStartupOrder> order() {
        return extended().getRouteStartupOrder();
    }

    private ExtendedCamelContext extended() {
        return camel.getCamelContextExtension();
    }
}
