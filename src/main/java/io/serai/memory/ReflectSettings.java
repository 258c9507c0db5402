package io.serai.memory;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a reply is reflected upon.
 *
 * @param delay how long after it was kept
 */
@Validated
@ConfigurationProperties("serai.reflect")
record ReflectSettings(@DefaultValue("5s") Duration delay) {}
