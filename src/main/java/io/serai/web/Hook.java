package io.serai.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What a foreign system sent to one of our hooks, before anybody has read a message in it.
 *
 * @param name of the hook
 * @param id the same id at the same hook is the same message
 * @param json an object
 */
public record Hook(String name, String id, JsonNode json, Instant receivedAt) {

    /** The channel whose answers lie at the counter until the caller fetches them; its accounts are the hooks. */
    static final String CHANNEL = "webhook";

    /** What the id begins with on a channel where other messages than those of hooks have ids too. */
    static String mark(String name) {
        return "hook:" + name + ":";
    }

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Hook[name=%s, id=%s]".formatted(name, id);
    }
}
