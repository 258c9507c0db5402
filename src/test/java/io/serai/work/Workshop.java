package io.serai.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.serai.Home;
import io.serai.message.Lease;
import io.serai.town.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One hub's worth of the work room and nothing else, on a database of its own or on that of another workshop. */
final class Workshop implements AutoCloseable {

    /** Without a stereotype, so that no hub in these tests finds it. */
    @ComponentScan({"io.serai.work", "io.serai.database"})
    @Import(Home.class)
    @ImportAutoConfiguration({
        FlywayAutoConfiguration.class, JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class, JacksonAutoConfiguration.class
    })
    static class Room {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Shelf<Task> turns() {
            return new TaskShelf(Queue.TURNS);
        }

        @Bean
        Shelf<Task> parcels() {
            return new TaskShelf(Queue.PARCELS);
        }
    }

    /** What travels in these scenes. */
    record Task(Lease lease, List<Long> subjects) {}

    record TaskShelf(Queue queue) implements Shelf<Task> {

        @Override
        public Task take(Lease lease, List<Long> subjects) {
            return new Task(lease, subjects);
        }
    }

    final TestDatabase database;
    final BlockingQueue<Object> failures = new LinkedBlockingQueue<>();
    private final ConfigurableApplicationContext room;
    private DefaultCamelContext camel;

    Workshop() {
        this(TestDatabase.furnished());
    }

    Workshop(TestDatabase database) {
        this.database = database;
        this.room = new SpringApplicationBuilder(Room.class)
                .web(WebApplicationType.NONE)
                .run(database.properties().entrySet().stream().map(Workshop::argument).toArray(String[]::new));
    }

    private static String argument(Map.Entry<String, Object> setting) {
        return "--" + setting.getKey() + "=" + setting.getValue();
    }

    Claims claims() {
        return room.getBean(Claims.class);
    }

    Leases leases() {
        return room.getBean(Leases.class);
    }

    Lanes lanes() {
        return room.getBean(Lanes.class);
    }

    JdbcClient sql() {
        return room.getBean(JdbcClient.class);
    }

    /** A conversation to work on. */
    long conversation() {
        return sql().sql("""
                with contact as (insert into contact default values returning id)
                insert into conversation (contact_id, key) select id, 'main' from contact returning id
                """).query(Long.class).single();
    }

    void put(Queue queue, long conversation, long... subjects) {
        for (long subject : subjects) {
            lanes().put(queue, conversation, subject, Duration.ZERO);
        }
    }

    /** A hub takes what it can and dies at once; returns what it was at. */
    List<Claim> dies(Queue queue) {
        List<Claim> claims = losesTheDatabase(queue);
        sql().sql("update lane set owner = :died where owner is not null").param("died", "who died " + UUID.randomUUID()).update();
        return claims;
    }

    /** A hub takes what it can, and can write nothing until its leases have ended. */
    List<Claim> losesTheDatabase(Queue queue) {
        List<Claim> claims = claims().claim(queue, 100, Duration.ofMillis(-1)).claims();
        claims.forEach(claims()::done);
        return claims;
    }

    /** Opens a route from an endpoint to a step. */
    void route(String uri, org.apache.camel.Processor step) throws Exception {
        camel = new DefaultCamelContext(new DefaultRegistry(new ApplicationContextBeanRepository(room)));
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS); // a step that has just told what it did is still in flight, and Camel looks once a second
        camel.getShutdownStrategy().setTimeout(300);
        camel.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(uri).routeId("scene").process(step);
                from("direct:failures").process(exchange -> failures.add(exchange.getMessage().getBody()));
            }
        });
        camel.start();
    }

    @Override
    public void close() {
        if (camel != null) {
            camel.stop();
        }
        room.close();
    }
}
