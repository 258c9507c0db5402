package io.serai.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.serai.Home;
import org.springframework.stereotype.Component;

/** {@code memory/profile.schema.json}, read anew at each use. */
@Component
class Schema {

    private static final String FILE = "memory/profile.schema.json";

    private final Home home;
    private final ObjectMapper json;
    private final Cache<String, Shape> read = Caffeine.newBuilder().maximumSize(3).build();

    Schema(Home home, ObjectMapper json) {
        this.home = home;
        this.json = json;
    }

    Shape shape() {
        return read.get(home.text(FILE), this::parse);
    }

    private Shape parse(String text) {
        try {
            return new Shape(json.readTree(text));
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(
                    FILE + " is no JSON: " + malformed.getOriginalMessage() + " at line " + malformed.getLocation().getLineNr(), malformed);
        }
    }
}
