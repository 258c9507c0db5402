package io.serai.town;

import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
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

    private static boolean isUp;

    private OneLog(ClassLoader loader) {
        super(loader);
    }

    @Override
    public void beforeInitialize() {
        synchronized (OneLog.class) {
            if (!isUp) {
                super.beforeInitialize();
            }
        }
    }

    /** By the first alone: two that start at the same time would each set up the whole, and every line would be told twice. */
    @Override
    public void initialize(LoggingInitializationContext context, String config, LogFile file) {
        synchronized (OneLog.class) {
            if (!isUp) {
                super.initialize(context, config, file);
                isUp = true;
            }
        }
    }

    /** Others still speak; but who counts the lines of a hub holds the whole of it, and would do so for ever. */
    @Override
    public void cleanUp() {
        var log = (LoggerContext) LoggerFactory.getILoggerFactory();
        log.getCopyOfListenerList().stream().filter(listener -> listener.getClass().getName().startsWith(LogbackMetrics.class.getName())).forEach(log::removeListener);
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
