package io.serai.profile;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How profiles are read from what is said.
 *
 * @param failures after so many attempts at the same messages that failed, not by an outage, they are read by rules, so that one message blocks no
 *     profile for ever
 */
@Validated
@ConfigurationProperties("serai.profile")
record ProfileSettings(@DefaultValue("every-turn") Extraction extraction, @DefaultValue("5") @Min(1) int failures) {

    enum Extraction {
        EVERY_TURN,
        /** Only when one of {@code memory/patterns/meaningful.txt} is found in what the customer wrote; until then it waits, and nothing is lost. */
        WHEN_MEANINGFUL,
        OFF
    }
}
