package io.serai.summary;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a conversation is told in short.
 *
 * @param every messages since the last summary; 0 makes none
 * @param words the most a model may write
 * @param turns after so many turns the talk is compacted
 * @param window or when what was said since fills this share of the model's window
 * @param keep turns that stay in the talk, word for word, when the rest is compacted
 * @param idle after this silence a last summary is made
 */
@Validated
@ConfigurationProperties("serai.summary")
record SummarySettings(
        @DefaultValue("10") @Min(0) int every,
        @DefaultValue("150") @Min(20) int words,
        @DefaultValue("20") @Min(5) int turns,
        @DefaultValue("0.65") @DecimalMin("0.1") @DecimalMax("0.9") double window,
        @DefaultValue("3") @Min(1) int keep,
        @DefaultValue("24h") Duration idle) {}
