package io.serai;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where people reach the pages of this hub from outside. The hub cannot know it: there are proxies in front of it.
 *
 * @param publicUrl as in {@code https://hub.example.com}, or empty when it is not known
 */
@Validated
@ConfigurationProperties("serai.web")
public record PublicAddress(
        @DefaultValue("") @NotNull
                @Pattern(regexp = "|https?://[^\\s?#/]+(/[^\\s?#]*)?", message = "must be as https://hub.example.com, without query and fragment")
                String publicUrl) {

    /** @param path with a slash in front */
    public Optional<String> of(String path) {
        return publicUrl.isEmpty() ? Optional.empty() : Optional.of(publicUrl.replaceAll("/+$", "") + path);
    }
}
