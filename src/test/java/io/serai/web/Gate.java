package io.serai.web;

import io.serai.town.Town;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** The hub whose doors are tried: hooks of each kind are open, and one token is known from the start. */
final class Gate {

    /** What a class of scenes locks that comes here. */
    static final String LOCK = "the gate";

    static final String TOKEN = "a-token-from-the-environment";
    static final String PASSWORD = "a-password-for-tests";
    static final String HOOK_KEY = "0123456789abcdef0123456789abcdef";
    static final String HOOK_PASSWORD = "correct-horse-battery";

    private static final Town TOWN = Town.with(Map.ofEntries(
            Map.entry("serai.admin.password", PASSWORD),
            Map.entry("serai.api.token", TOKEN),
            Map.entry("serai.hooks.shop.secret", "whsec_" + Base64.getEncoder().encodeToString(HOOK_KEY.getBytes())),
            Map.entry("serai.hooks.github.scheme", "github"),
            Map.entry("serai.hooks.github.secret", HOOK_PASSWORD),
            Map.entry("serai.hooks.desk.scheme", "bearer"),
            Map.entry("serai.hooks.desk.secret", HOOK_PASSWORD),
            Map.entry("serai.hooks.quota.scheme", "bearer"),
            Map.entry("serai.hooks.quota.secret", HOOK_PASSWORD),
            Map.entry("serai.hooks.closed.scheme", "bearer"),
            Map.entry("serai.web.public-url", "https://hub.example.com/"),
            Map.entry("serai.web-chat.heartbeat", "200ms"),
            Map.entry("serai.limits.streams-per-address", 3),
            Map.entry("serai.limits.hook", 100_000)));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(TOWN::close));
    }

    private Gate() {}

    static Town town() {
        return TOWN;
    }

    static Caller stranger() {
        return new Caller(TOWN);
    }

    static Caller admin() {
        return stranger().withPassword("admin", PASSWORD);
    }

    static Caller program() {
        return stranger().withToken(TOKEN);
    }

    /** A program with a token of this role. */
    static Caller program(Rank role) {
        String name = "test-" + UUID.randomUUID();
        return stranger().withToken(admin().posts("/api/tokens", "{\"name\": \"" + name + "\", \"role\": \"" + role.word() + "\"}")
                .json().path("token").asText());
    }
}
