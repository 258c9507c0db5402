package io.serai.town;

import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemFactory;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The log of all hubs of this JVM, set up by the first. Spring Boot takes it down with any hub that stops, and sets it up anew with the next one that
 * starts, until when it swallows whatever anybody says: a scene that runs beside such a start would miss a line now and then.
 */
public final class OneLog extends LogbackLoggingSystem {

    private OneLog(ClassLoader loader) {
        super(loader);
    }

    @Override
    public void cleanUp() {
        // others still speak
    }

    /** Asked before Spring Boot's own. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    public static final class Factory implements LoggingSystemFactory {

        @Override
        public LoggingSystem getLoggingSystem(ClassLoader loader) {
            return new OneLog(loader);
        }
    }
}
