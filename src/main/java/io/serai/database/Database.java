package io.serai.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.serai.Home;
import io.serai.WrongSetting;
import java.nio.file.Files;
import java.util.Properties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The one database of the hub: what runs it, who connects to it, and the migrations that come before everything else. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class Database {

    /**
     * Whatever runs often looks rows up by their keys, so that one plan serves all of them. Left alone, Postgres plans many of them anew each time, as
     * those with an array of one id, whose plan for any array looks dearer: half of all it planned.
     */
    private static final String PLANNED_ONCE = "set plan_cache_mode = force_generic_plan";

    /**
     * A host that vanishes leaves its connections open at a server that is elsewhere, and in them what it had locked: after half a minute without a sign of
     * life the server lets go, and not after hours (PostgreSQL manual, 19.3.2 TCP Settings).
     */
    private static final String LET_GO =
            "; set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set tcp_user_timeout = 30000";

    /** Only made when no server is given. */
    @Bean
    @Lazy
    EmbeddedPostgres embeddedPostgres(Home home, ObjectProvider<HeadStart> ahead) {
        HeadStart started = ahead.getIfAvailable();
        return started == null ? EmbeddedPostgres.start(home.data()) : started.postgres();
    }

    @Bean
    Server databaseServer(DatabaseSettings settings, ObjectProvider<EmbeddedPostgres> embedded) {
        if (settings.isEmbedded()) {
            return embedded.getObject().server();
        }
        Server server = new Server(settings.url(), settings.user(), settings.password());
        new Knock(server, settings.startWait()).untilAnswered();
        return server;
    }

    /** Everything runs READ COMMITTED, whatever the server's default: each statement sees what was committed before it began. */
    @Bean
    HikariDataSource dataSource(Server server, DatabaseSettings settings) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("serai");
        pool.setJdbcUrl(server.url());
        pool.setUsername(server.user());
        pool.setPassword(server.password());
        pool.setMaximumPoolSize(settings.connections());
        pool.setMinimumIdle(Math.min(4, settings.connections()));
        pool.setConnectionTimeout(settings.patience().toMillis());
        pool.setValidationTimeout(Math.max(250, settings.patience().toMillis() / 2));
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool.setConnectionInitSql(settings.isEmbedded() ? PLANNED_ONCE : PLANNED_ONCE + LET_GO);
        pool.setDataSourceProperties(Server.properties());
        return new HikariDataSource(pool);
    }

    /** On connections of their own, that may take longer than the pool's over one statement. */
    @Bean
    FlywayConfigurationCustomizer migrations(Home home, Server server) {
        if (home.folder("memory").isPresent() && home.folder("memory/migrations").filter(Files::isDirectory).isEmpty()) {
            throw new WrongSetting("the folder memory of serai.home has no migrations: each of routes, processors and memory is taken as a whole, so copy all of it");
        }
        Properties patient = Server.properties();
        patient.setProperty("socketTimeout", "0");
        patient.setProperty("user", server.user());
        patient.setProperty("password", server.password());
        String location = home.location("memory/migrations").replaceFirst("^file:", "filesystem:");
        return flyway -> flyway.locations(location).dataSource(new DriverManagerDataSource(server.url(), patient));
    }
}
