package io.serai.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

/** What stands behind an address of the house: the steps of a route, of several when a message says which, or of a Kamelet. */
final class Indoors {

    private static final Set<String> SCHEMES = Set.of("direct", "kamelet", "bean", "class", "log", "seda");

    private Indoors() {}

    /** Whether a call stays in the house, as far as its address says. */
    static boolean is(String address) {
        int colon = address.indexOf(':');
        return colon > 0 && SCHEMES.contains(address.substring(0, colon));
    }

    /** Nothing where no steps of ours stand behind it. */
    static List<List<? extends ProcessorDefinition<?>>> steps(CamelContext context, String address) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        String bare = bare(address);
        List<List<? extends ProcessorDefinition<?>>> steps = new ArrayList<>();
        if (bare.startsWith("kamelet:")) {
            RouteTemplateDefinition kamelet = model.getRouteTemplateDefinition(bare.substring("kamelet:".length()).replaceFirst("/.*", ""));
            if (kamelet != null) {
                steps.add(kamelet.getRoute().getOutputs());
            }
            return steps;
        }
        int hole = bare.indexOf("${");
        for (RouteDefinition route : model.getRouteDefinitions()) {
            String start = route.getInput() == null ? "" : bare(route.getInput().getEndpointUri());
            if (hole < 0 ? start.equals(bare) : start.startsWith(bare.substring(0, hole))) {
                steps.add(route.getOutputs());
            }
        }
        return steps;
    }

    private static String bare(String address) {
        return address.strip().replaceFirst("(?s)\\?.*", "").replaceFirst("^([a-z]+):/+", "$1:");
    }
}
