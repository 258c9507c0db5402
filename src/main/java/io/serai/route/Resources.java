package io.serai.route;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultResourceLoader;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.ResourceHelper;

/**
 * What Camel reads for routes: what lies on the classpath, and nothing else. Its own loader reads any file, fetches from anywhere and calls any bean
 * ({@code bean:environment?method=...}), and a Kamelet can piece such an address together from what it is handed, so that no rule sees it whole.
 */
final class Resources extends DefaultResourceLoader {

    private final RouteSettings settings;

    private Resources(CamelContext context, RouteSettings settings) {
        super(context);
        this.settings = settings;
    }

    static void limit(CamelContext context, RouteSettings settings) {
        context.getCamelContextExtension().addContextPlugin(ResourceLoader.class, new Resources(context, settings));
    }

    @Override
    public Resource resolveResource(String uri) {
        String scheme = ResourceHelper.hasScheme(uri) ? ResourceHelper.getScheme(uri).replace(":", "") : "classpath";
        if (!scheme.equals("classpath") && !settings.dangerouslyAllow().contains(scheme)) {
            throw new IllegalArgumentException("a resource of the scheme '%s' is not read here; else serai.routes.dangerously-allow: %1$s".formatted(scheme));
        }
        return super.resolveResource(uri);
    }
}
