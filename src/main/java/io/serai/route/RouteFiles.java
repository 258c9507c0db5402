package io.serai.route;

import io.serai.Home;
import java.io.IOException;
import java.util.Collection;
import org.apache.camel.CamelContext;
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
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}

    private void load(CamelContext context, String folder, String pattern) {
        Collection<Resource> resources = home.files(folder, pattern).stream().map(file -> resource(context, file)).toList();
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(resources);
        } catch (Exception unusable) {
            throw new RoutesUnusable(folder, unusable);
        }
    }

    private static Resource resource(CamelContext context, org.springframework.core.io.Resource file) {
        try {
            return ResourceHelper.resolveMandatoryResource(context, file.getURL().toString());
        } catch (IOException unreadable) {
            throw new RoutesUnusable(file.getDescription(), unreadable);
        }
    }
}
