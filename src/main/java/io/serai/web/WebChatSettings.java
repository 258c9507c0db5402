package io.serai.web;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The web chat.
 *
 * @param title what the page is called
 * @param greeting what it says before anybody has said anything
 * @param maxLength the longest message it takes, in characters
 * @param heartbeat how often a silent stream shows that it is alive, and how often the hub looks for what no bell told
 */
@Validated
@ConfigurationProperties("serai.web-chat")
record WebChatSettings(
        @NotBlank @DefaultValue("Serai") String title,
        @NotNull @DefaultValue("How can we help?") String greeting,
        @Min(1) @DefaultValue("16000") int maxLength,
        @NotNull @DurationMin(millis = 100) @DefaultValue("15s") Duration heartbeat) {}
