package io.serai.web;

import io.serai.WrongSetting;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The hooks that are open, and how each knows its callers. */
@Component
class Hooks {

    private static final Logger log = LoggerFactory.getLogger(Hooks.class);
    private static final int SHORTEST_SECRET = 16;

    private final Map<String, Seal> seals;

    Hooks(HooksSettings settings, Clock clock) {
        settings.hooks().entrySet().stream().filter(hook -> hook.getValue().secret() == null).forEach(hook -> log.info(
                "hook {} is off: it has no secret. Set serai.hooks.{}.secret (docs/webhooks.md)", hook.getKey(), hook.getKey()));
        this.seals = settings.hooks().entrySet().stream()
                .filter(hook -> hook.getValue().secret() != null)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, hook -> seal(hook.getKey(), hook.getValue(), clock)));
    }

    Optional<Seal> find(String name) {
        return Optional.ofNullable(seals.get(name));
    }

    private static Seal seal(String name, HooksSettings.Hook hook, Clock clock) {
        if (hook.secret().length() < SHORTEST_SECRET) {
            throw new WrongSetting("serai.hooks." + name + ".secret must have at least " + SHORTEST_SECRET + " characters");
        }
        try {
            return switch (hook.scheme()) {
                case STANDARD_WEBHOOKS -> new StandardSeal(hook.secret(), hook.tolerance(), clock);
                case GITHUB -> new GithubSeal(hook.secret());
                case BEARER -> new BearerSeal(hook.secret());
            };
        } catch (IllegalArgumentException notBase64) {
            throw new WrongSetting("serai.hooks." + name + ".secret must be whsec_ and a key in Base64 (standard-webhooks)");
        }
    }
}
