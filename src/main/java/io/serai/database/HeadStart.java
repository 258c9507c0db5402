package io.serai.database;

import io.serai.Home;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Lets the embedded Postgres come up while Spring still reads what there is to make. Only the hub has it: what else makes a context starts Postgres
 * when somebody asks for it.
 */
public final class HeadStart implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private CompletableFuture<EmbeddedPostgres> postgres;

    @Override
    public void initialize(ConfigurableApplicationContext hub) {
        if (!hub.getEnvironment().getProperty("serai.db.url", "").isBlank()) {
            return;
        }
        Home home = new Home(hub.getEnvironment().getProperty("serai.home", "."));
        postgres = CompletableFuture.supplyAsync(
                () -> EmbeddedPostgres.start(home.data()), task -> Thread.ofPlatform().name("postgres-start").start(task));
        var beans = (DefaultSingletonBeanRegistry) hub.getBeanFactory();
        beans.registerSingleton("headStart", this);
        beans.registerDisposableBean("headStart", this::stop);
    }

    /**
     * Waits for it.
     *
     * @throws java.util.concurrent.CompletionException when it did not start, with the reason as its cause
     */
    EmbeddedPostgres postgres() {
        return postgres.join();
    }

    /** Also of a hub that failed before anybody asked for its database. */
    private void stop() {
        postgres.handle((started, failed) -> started).thenAccept(started -> {
            if (started != null) {
                started.close();
            }
        }).join();
    }
}
