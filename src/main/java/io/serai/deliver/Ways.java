package io.serai.deliver;

import io.serai.Home;
import io.serai.message.NotSent;
import io.serai.message.Refused;
import org.apache.camel.CamelContext;
import org.springframework.stereotype.Component;

/** Which channels have a route that sends parcels: {@code routes/deliver/<channel>.yaml}. */
@Component
public class Ways {

    private static final String FOLDER = "deliver/";

    private final CamelContext routes;
    private final Home home;

    Ways(CamelContext routes, Home home) {
        this.routes = routes;
        this.home = home;
    }

    public boolean leadTo(String channel) {
        return routes.getRoute(FOLDER + channel) != null;
    }

    /**
     * @throws Refused when nobody has written a route for the channel
     * @throws NotSent when there is one, but it does not run at the moment
     */
    void require(String channel) {
        if (leadTo(channel)) {
            return;
        }
        String file = "routes/" + FOLDER + channel + ".yaml";
        if (home.has(file)) {
            throw new NotSent(file + " is not running", null);
        }
        throw new Refused("there is no " + file + " that could send it");
    }
}
