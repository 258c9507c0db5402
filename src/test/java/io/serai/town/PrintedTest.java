package io.serai.town;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Configuration;

class PrintedTest {

    private static final Logger log = LoggerFactory.getLogger(PrintedTest.class);

    @Test
    void hearsWhatIsSaidWhileAHubStartsAfterAnotherWasStopped(Printed output) {
        var starting = new ApplicationListener<ApplicationStartingEvent>() {
            @Override
            public void onApplicationEvent(ApplicationStartingEvent event) {
                log.warn("Said by a scene while a hub starts");
            }
        };
        hub().run().close();
        hub().listeners(starting).run().close();
        assertThat(output).contains("Said by a scene while a hub starts");
    }

    private static SpringApplicationBuilder hub() {
        return new SpringApplicationBuilder(Empty.class).web(WebApplicationType.NONE);
    }

    @Configuration(proxyBeanMethods = false)
    static class Empty {}
}
