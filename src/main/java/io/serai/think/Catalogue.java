package io.serai.think;

import io.serai.WrongSetting;
import jakarta.validation.Valid;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The models there are, by the role they play: {@code serai.models}. What makes no sense is refused here, at start, with the key that is
 * wrong.
 *
 * @param models always holds {@code main}, offline unless it is told otherwise
 */
@Validated
@ConfigurationProperties("serai")
record Catalogue(Map<String, @Valid ModelSettings> models) {

    static final String MAIN = "main";

    Catalogue {
        Map<String, ModelSettings> all = new LinkedHashMap<>(models == null ? Map.of() : models);
        all.putIfAbsent(MAIN, offline());
        all.forEach(Catalogue::check);
        all.keySet().forEach(role -> follow(role, new ArrayDeque<>(), all));
        models = Collections.unmodifiableMap(all);
    }

    private static ModelSettings offline() {
        var none = BigDecimal.ZERO;
        var second = Duration.ofSeconds(1);
        return new ModelSettings(
                Provider.OFFLINE, null, null, null, null, none, none, none, second, second, null, null, null, 1, second, second, false, List.of());
    }

    private static void check(String role, ModelSettings model) {
        demand(model.provider() != null, role, "name", "is given, but neither provider nor base-url nor api-key: where is this model?");
        demand(model.name() != null, role, "name", "is missing: what the provider calls the model");
        String provider = model.provider().word();
        demand(model.apiKey() != null || !model.provider().asksForKey(), role, "api-key", "is missing: " + provider + " asks for one");
        // It goes into a header, and what refuses it there quotes it.
        demand(model.apiKey() == null || model.apiKey().matches("[\\x21-\\x7e]+"), role, "api-key",
                "is no key: it has a line break, a blank or another character in it that no key has, perhaps one that is not seen");
        demand(
                model.provider() != Provider.OPEN_AI || model.apiKey() != null || model.baseUrl() != null,
                role,
                "api-key",
                "is missing: open-ai asks for one, unless base-url names another server");
        demand(model.provider() != Provider.OLLAMA || model.baseUrl() != null, role, "base-url", "is missing, as http://localhost:11434");
        demand(model.baseUrl() == null || isHttp(model.baseUrl()), role, "base-url", "is no http or https address: " + model.baseUrl());
        demand(model.thinking() == null || model.provider().canThink(), role, "thinking", "is not known to " + provider);
        demand(isTime(model.timeout()), role, "timeout", "is no time to wait: " + model.timeout());
        demand(isTime(model.idleTimeout()), role, "idle-timeout", "is no time to wait: " + model.idleTimeout());
        demand(isTime(model.coolDown()), role, "cool-down", "is no time to wait: " + model.coolDown());
        demand(model.patience() != null && !model.patience().isNegative(), role, "patience", "is no time to wait: " + model.patience());
        demand(isPrice(model.priceIn()), role, "price-in", "is no price: " + model.priceIn());
        demand(isPrice(model.priceCached()), role, "price-cached", "is no price: " + model.priceCached());
        demand(isPrice(model.priceOut()), role, "price-out", "is no price: " + model.priceOut());
    }

    private static boolean isTime(Duration time) {
        return time != null && time.isPositive();
    }

    private static boolean isPrice(BigDecimal price) {
        return price != null && price.signum() >= 0;
    }

    private static boolean isHttp(String address) {
        try {
            URI uri = URI.create(address);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException nonsense) {
            return false;
        }
    }

    private static void follow(String role, Deque<String> path, Map<String, ModelSettings> all) {
        path.addLast(role);
        for (String next : all.get(role).fallback()) {
            demand(all.containsKey(next), role, "fallback", "names '" + next + "', but there is no serai.models." + next);
            demand(!path.contains(next), role, "fallback", "goes in a circle: " + String.join(" -> ", path) + " -> " + next);
            follow(next, path, all);
        }
        path.removeLast();
    }

    private static void demand(boolean met, String role, String key, String complaint) {
        if (!met) {
            throw new WrongSetting("serai.models." + role + "." + key + " " + complaint);
        }
    }
}
