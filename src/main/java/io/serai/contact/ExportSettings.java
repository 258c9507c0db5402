package io.serai.contact;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What people fetch of what is kept about them.
 *
 * @param life how long a code holds
 * @param downloads how often it may be used: a download may break off
 */
@Validated
@ConfigurationProperties("serai.export")
record ExportSettings(@DefaultValue("24h") @NotNull @DurationMin(hours = 1) Duration life, @DefaultValue("3") @Positive int downloads) {}
