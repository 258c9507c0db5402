package io.serai.route;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What routes may do.
 *
 * @param dangerouslyAllow components, languages and keys that are refused otherwise, such as exec, file, groovy, beans
 * @param settings beginnings of the settings that routes may read
 * @param environment beginnings of the environment variables that routes may read
 */
@Validated
@ConfigurationProperties("serai.routes")
record RouteSettings(@DefaultValue @NotNull List<String> dangerouslyAllow, @DefaultValue("serai.") @NotNull List<String> settings,
        @DefaultValue("SERAI_ROUTES_") @NotNull List<String> environment) {}
