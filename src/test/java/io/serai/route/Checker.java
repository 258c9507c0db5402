package io.serai.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** The judge of the command line, with the settings of application.yaml. */
final class Checker {

    private Checker() {}

    static Check fresh(String... allowed) {
        return new Check(environment(), new RouteSettings(List.of(allowed), List.of("serai."), List.of("SERAI_ROUTES_")), null);
    }

    static StandardEnvironment environment() {
        var environment = new StandardEnvironment();
        try {
            new YamlPropertySourceLoader().load("application", new FileSystemResource("application.yaml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return environment;
    }
}
