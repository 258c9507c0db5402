package io.serai.think;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * Whether the models answer, one entry per role. It looks at the last calls and makes none. A role is up while one of its models is; a
 * model that is down behind a fallback shows, and costs nobody the hub.
 */
@Component("modelsHealthIndicator")
class ModelsHealth implements HealthIndicator {

    private final Models models;

    ModelsHealth(Models models) {
        this.models = models;
    }

    @Override
    public Health health() {
        Map<String, Object> roles = new LinkedHashMap<>();
        models.roles().forEach((role, model) -> roles.put(role, entry(model)));
        boolean up = models.roles().values().stream().allMatch(role -> role.cast().stream().anyMatch(ModelsHealth::answers));
        return (up ? Health.up() : Health.down()).withDetails(roles).build();
    }

    private static Map<String, Object> entry(RoleModel role) {
        Map<String, Object> entry = new LinkedHashMap<>();
        Model first = role.cast().getFirst();
        entry.put("status", (answers(first) ? Status.UP : Status.DOWN).getCode());
        role.cast().forEach(model -> entry.put(model.settings().toString(), story(model)));
        return entry;
    }

    private static boolean answers(Model model) {
        boolean well = model.health().at() == null || model.health().outcome().equals("ok");
        return well || !model.isLeftAlone() && !model.health().outcome().matches("401|403|404");
    }

    private static String story(Model model) {
        Model.Health last = model.health();
        String when = last.at() == null ? "" : " at " + last.at();
        String rest = model.isLeftAlone() ? "; left alone since most calls failed" : "";
        return last.outcome() + when + rest;
    }
}
