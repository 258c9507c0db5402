package io.serai;

import io.serai.route.CheckCommand;
import java.time.Clock;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the hub. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Serai {

    public static void main(String[] arguments) {
        // Camel reads it once, from nowhere else.
        System.setProperty("camel.threads.virtual.enabled", "true");
        if (arguments.length > 0 && arguments[0].equals("check")) {
            System.exit(CheckCommand.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
        SpringApplication.run(Serai.class, arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
