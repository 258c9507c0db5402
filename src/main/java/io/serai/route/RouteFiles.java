package io.serai.route;

import io.serai.Home;
import java.io.IOException;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.stereotype.Component;

/** Puts the Kamelets of {@code processors/} and the routes of {@code routes/} to work when the hub starts. */
@Component
class RouteFiles implements CamelContextConfiguration {

    private final Home home;

    RouteFiles(Home home) {
        this.home = home;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        load(context, "processors", "*.kamelet.yaml");
        load(context, "routes", "**/*.yaml");
        Customs.inspect(context, context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions());
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}

    private void load(CamelContext context, String folder, String pattern) {
        Collection<Resource> resources = home.files(folder, pattern).stream().map(file -> resource(folder, file)).toList();
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(resources);
        } catch (Exception unusable) {
            throw new RoutesUnusable(folder, unusable);
        }
    }

    /** By its content, since Camel cannot follow an address into a jar that lies in a jar; named as people know it: {@code routes/answer.yaml}. */
    private static Resource resource(String folder, org.springframework.core.io.Resource file) {
        try {
            String address = file.getURL().toString();
            return ResourceHelper.fromBytes(address.substring(address.lastIndexOf("/" + folder + "/") + 1), file.getContentAsByteArray());
        } catch (IOException unreadable) {
            throw new RoutesUnusable(file.getDescription(), unreadable);
        }
    }
}
