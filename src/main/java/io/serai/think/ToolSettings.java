package io.serai.think;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How models use tools.
 *
 * @param rounds how often a model is asked for one answer; the last time it is given no tools, so 1 is without any
 * @param timeout how long a tool may take
 * @param result the longest text of a tool that a model is told, in characters
 */
@Validated
@ConfigurationProperties("serai.tools")
record ToolSettings(
        @DefaultValue("4") @Min(1) @Max(50) int rounds,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration timeout,
        @DefaultValue("8000") @Min(100) int result) {}
