package io.serai.memory;

import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How turns are answered.
 *
 * @param debounce how long after a message we wait for more of the same burst, by channel; {@code default} holds for the others
 * @param layerTimeout how long a layer or a search may ask our own database
 */
@Validated
@ConfigurationProperties("serai.answer")
record AnswerSettings(@DefaultValue Map<String, Duration> debounce, @DefaultValue("10s") @DurationMin(millis = 1) Duration layerTimeout) {

    private static final Duration DEBOUNCE = Duration.ofMillis(1500);

    Duration debounce(String channel) {
        return debounce.getOrDefault(channel, debounce.getOrDefault("default", DEBOUNCE));
    }
}
