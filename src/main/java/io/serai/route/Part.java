package io.serai.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * What one file has put into Camel.
 *
 * @param routes the ids of its routes
 * @param resting those of them that do not start by themselves
 */
record Part(List<String> routes, Set<String> resting, List<RouteTemplateDefinition> kamelets, List<RouteConfigurationDefinition> configurations) {

    /**
     * Loads a file.
     *
     * @param closed whether its routes wait to be opened
     * @param told what came of it, also when it was broken off
     */
    static void load(ModelCamelContext camel, String file, String text, boolean closed, Consumer<Part> told) throws Exception {
        var part = new Part(new ArrayList<>(), new TreeSet<>(), new ArrayList<>(), new ArrayList<>());
        var kamelets = List.copyOf(camel.getRouteTemplateDefinitions());
        var configurations = List.copyOf(camel.getRouteConfigurationDefinitions());
        try {
            for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(ResourceHelper.fromString(file, text))) {
                if (builder instanceof RouteConfigurationsBuilder configuring) {
                    camel.addRoutesConfigurations(configuring);
                }
                part.note(camel, ((RouteBuilder) builder).configureRoutes(camel).getRoutes());
                add(camel, (RouteBuilder) builder, closed);
            }
        } finally {
            part.kamelets.addAll(added(camel.getRouteTemplateDefinitions(), kamelets));
            part.configurations.addAll(added(camel.getRouteConfigurationDefinitions(), configurations));
            told.accept(part);
        }
    }

    private void note(ModelCamelContext camel, List<RouteDefinition> definitions) {
        for (RouteDefinition route : definitions) {
            routes.add(route.getId());
            if ("false".equalsIgnoreCase(camel.resolvePropertyPlaceholders(route.getAutoStartup()))) {
                resting.add(route.getId());
            }
        }
    }

    /** Camel's own way to add a route stops the one of the same id first, and waits for all that is under way in it. */
    private static void add(ModelCamelContext camel, RouteBuilder builder, boolean closed) throws Exception {
        if (!closed) {
            camel.addRoutes(builder);
            return;
        }
        builder.prepareModel(camel);
        List<RouteDefinition> routes = builder.getRouteCollection().getRoutes();
        routes.forEach(route -> route.setAutoStartup("false"));
        camel.getRouteDefinitions().addAll(routes);
        camel.startRouteDefinitions(routes);
    }

    private static <T> List<T> added(List<T> after, List<T> before) {
        return after.stream().filter(one -> before.stream().noneMatch(other -> other == one)).toList();
    }
}
