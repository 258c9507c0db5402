package io.serai;

import io.serai.database.HeadStart;
import io.serai.proof.VerifyCommand;
import io.serai.route.CheckCommand;
import io.serai.web.DeadLetterCommand;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * Starts the hub; with {@code dead-letters} as the first argument it speaks to the one that runs, with {@code check} it judges a folder of routes, with
 * {@code verify} it proves itself, with {@code train} it shows Java what a start loads.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class Serai {

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("dead-letters")) {
            System.exit(new DeadLetterCommand(System.getenv(), System.out).run(List.of(arguments).subList(1, arguments.length)));
        }
        if (arguments.length > 0 && arguments[0].equals("verify")) {
            System.exit(new VerifyCommand(System.out).run(List.of(arguments).subList(1, arguments.length)));
        }
        // Camel reads it once, from nowhere else.
        System.setProperty("camel.threads.virtual.enabled", "true");
        if (arguments.length > 0 && arguments[0].equals("check")) {
            System.exit(CheckCommand.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
        if (arguments.length > 0 && arguments[0].equals("train")) {
            System.exit(new Training().run());
        }
        hub().run(arguments);
    }

    static SpringApplication hub() {
        var hub = new SpringApplication(Serai.class);
        hub.addInitializers(new HeadStart());
        return hub;
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
