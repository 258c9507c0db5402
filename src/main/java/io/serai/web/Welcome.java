package io.serai.web;

import io.serai.PublicAddress;
import io.serai.channel.Pulses;
import io.serai.think.Models;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says, once the hub is open, where to go, what is on, and how to turn on what is off. */
@Component
class Welcome {

    private static final Logger log = LoggerFactory.getLogger("serai");

    private final Staff staff;
    private final Models models;
    private final HooksSettings hooks;
    private final Pulses pulses;
    private final PublicAddress hub;
    private final String address;
    private final boolean embedded;

    Welcome(
            Staff staff,
            Models models,
            HooksSettings hooks,
            Pulses pulses,
            PublicAddress hub,
            @Value("${server.address}") String address,
            @Value("${serai.db.url:}") String server) {
        this.staff = staff;
        this.models = models;
        this.hooks = hooks;
        this.pulses = pulses;
        this.hub = hub;
        this.address = address;
        this.embedded = server.isBlank();
    }

    @EventListener
    void open(ApplicationReadyEvent ready) {
        String page = "http://" + address + ":" + ((WebServerApplicationContext) ready.getApplicationContext()).getWebServer().getPort() + "/";
        log.info("Open after {} s: {}", "%.1f".formatted(ready.getTimeTaken().toMillis() / 1000.0), page);
        List.of(
                        "Admin     " + admin(page),
                        "Model     " + model(),
                        "Database  " + (embedded ? "embedded Postgres in data/; for a server set SERAI_DB_URL, _USER and _PASSWORD" : "the server of SERAI_DB_URL"),
                        "Doors     web-chat, completions (" + page + "v1), " + hooks(),
                        "Network   " + network())
                .forEach(line -> log.info("  {}", line));
        pulses.all().forEach(pulse -> log.info("  Channel   {} is on, as {}", pulse.channel(), pulse.account()));
        pulses.off().forEach((channel, hint) -> log.info("  Channel   {} is off: {}", channel, hint));
    }

    private String admin(String page) {
        return page + "api/docs, name admin, "
                + staff.firstPassword().map(made -> "password " + made + " (shown this once, kept hashed)").orElse("password as it was set");
    }

    private String model() {
        return models.isOffline("main")
                ? "none: answers quote what was said; for a language model set SERAI_MODELS_MAIN_BASE_URL, _NAME and _API_KEY (docs/models.md)"
                : models.describe().get("main");
    }

    private String hooks() {
        String on = hooks.hooks().entrySet().stream()
                .filter(hook -> hook.getValue().secret() != null)
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
        return on.isEmpty() ? "webhooks are off: name one under serai.hooks (docs/webhooks.md)" : "webhooks " + on;
    }

    private String network() {
        return address.equals("127.0.0.1")
                ? "this machine only; SERVER_ADDRESS=0.0.0.0 opens it (docs/security.md)"
                : "open at " + address + hub.of("/").map(page -> ", for people " + page)
                        .orElse("; SERAI_WEB_PUBLIC_URL tells where people reach it, for the links of /export (docs/contacts.md)");
    }
}
