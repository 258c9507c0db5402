package io.serai.memory;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** Other databases, by the name by which a layer asks for them. */
@Validated
@ConfigurationProperties("serai")
record DatabasesSettings(Map<String, @Valid Other> databases) {

    DatabasesSettings {
        databases = databases == null ? Map.of() : Map.copyOf(databases);
    }

    record Other(@NotBlank String url, String user, String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return url;
        }
    }
}
