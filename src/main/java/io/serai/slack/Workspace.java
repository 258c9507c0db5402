package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.serai.channel.Pulse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A workspace we are installed in. */
final class Workspace {

    /**
     * Who we are there.
     *
     * @param user what people mention
     * @param team the workspace, as events name it
     */
    record Self(String user, String team) {}

    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(1);

    private final String name;
    private final SlackSettings.Account settings;
    private final SlackApi api;
    private final Pulse pulse;
    private final Cache<String, Optional<String>> people;

    private volatile Self self;

    Workspace(String name, SlackSettings.Account settings, Pulse pulse) {
        this.name = name;
        this.settings = settings;
        this.api = new SlackApi(settings);
        this.people = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfter(Expiry.<String, Optional<String>>writing((user, called) -> called.isPresent() ? LONG : settings.patience()))
                .build();
        this.pulse = pulse;
    }

    String name() {
        return name;
    }

    SlackSettings.Account settings() {
        return settings;
    }

    SlackApi api() {
        return api;
    }

    Pulse pulse() {
        return pulse;
    }

    /** Who we are; asked once. */
    Self self() {
        if (self == null) {
            JsonNode answer = api.call("auth.test", Map.of());
            self = new Self(answer.path("user_id").asText(), answer.path("team_id").asText());
        }
        return self;
    }

    /** What somebody is called, which is not asked for with each message; empty when Slack does not tell, or not soon enough for a message that waits to be accepted. */
    Optional<String> nameOf(String user) {
        return people.get(user, this::ask);
    }

    private Optional<String> ask(String user) {
        try {
            JsonNode person = api.call("users.info", settings.token(), Map.of("user", user), QUICK).path("user");
            return Stream.of("/profile/display_name", "/profile/real_name", "/real_name", "/name")
                    .map(place -> person.at(place).asText())
                    .filter(called -> !called.isBlank())
                    .findFirst();
        } catch (Rejected | NoAnswer untold) {
            return Optional.empty();
        }
    }
}
