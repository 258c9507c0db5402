package io.serai.web;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The completions endpoint.
 *
 * @param patience how long a client is kept on the line for its answer
 * @param heartbeat how often a stream without news shows that it is alive
 */
@Validated
@ConfigurationProperties("serai.completions")
record CompletionSettings(@DefaultValue("5m") @NotNull Duration patience, @DefaultValue("15s") @NotNull Duration heartbeat) {}
