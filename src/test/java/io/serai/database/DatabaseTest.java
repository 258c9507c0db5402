package io.serai.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serai.Home;
import io.serai.proof.Port;
import io.serai.town.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.autoconfigure.jdbc.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("database")
class DatabaseTest {

    private final TestDatabase town = TestDatabase.create();
    private final ApplicationContextRunner hub = new ApplicationContextRunner()
            .withBean(Home.class)
            .withUserConfiguration(Database.class, Bell.class)
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    JdbcClientAutoConfiguration.class,
                    FlywayAutoConfiguration.class,
                    DataSourceHealthContributorAutoConfiguration.class))
            .withPropertyValues(values(town.properties()));

    @Test
    void quotesNoRowThatFails() {
        hub.run(context -> {
            JdbcClient database = context.getBean(JdbcClient.class);
            assertThatThrownBy(() -> database.sql("insert into address (contact_id, channel, account, handle) values (null, 'letter', '', :handle)")
                    .param("handle", "a secret")
                    .update()).isInstanceOf(DataIntegrityViolationException.class).hasMessageContaining("contact_id").hasMessageNotContaining("secret");
        });
    }

    @Test
    void isMigratedAndWellWhenTheHubHasStarted() {
        hub.run(context -> {
            JdbcClient database = context.getBean(JdbcClient.class);
            assertThat(database.sql("select count(*) from message").query(Long.class).single()).isZero();
            assertThat(context.getBean("dbHealthContributor", HealthIndicator.class).health().getStatus()).isEqualTo(Status.UP);
            assertThat(context.getBean(Bell.class).isRunning()).isTrue();
        });
    }

    @Test
    void readsWhatIsCommittedWhateverTheServerPrefers() throws Exception {
        try (var connection = town.connect(); var statement = connection.createStatement()) {
            statement.execute("alter database " + connection.getCatalog() + " set default_transaction_isolation = 'serializable'");
        }
        hub.run(context -> assertThat(context.getBean(JdbcClient.class).sql("show transaction_isolation").query(String.class).single())
                .isEqualTo("read committed"));
    }

    @Test
    void findsRoomBesideAnExtensionThatWasThereBefore() throws Exception {
        try (var connection = town.connect(); var statement = connection.createStatement()) {
            statement.execute("create extension pg_trgm");
        }
        hub.run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void startsItsOwnPostgresWhenThereIsNoServer(@TempDir Path home) {
        hub.withPropertyValues("serai.db.url=", "serai.home=" + home).run(context -> {
            String role = context.getBean(JdbcClient.class).sql("select current_user").query(String.class).single();
            assertThat(role).isEqualTo("serai");
            assertThat(home.resolve("data/postgres")).isDirectory();
        });
    }

    @Test
    void givesUpOnAServerThatStaysAway() {
        try (var nobody = new Port()) {
            Server away = new Server("jdbc:postgresql://127.0.0.1:" + nobody.number() + "/town?password=hush", "serai", "");
            DatabaseUnusable failure = catchThrowableOfType(DatabaseUnusable.class, () -> new Knock(away, Duration.ofMillis(100)).untilAnswered());

            FailureAnalysis told = new DatabaseUnusableAnalyzer().analyze(failure);

            assertThat(told.getDescription()).contains("jdbc:postgresql://127.0.0.1:" + nobody.number() + "/town has not answered").doesNotContain("hush");
            assertThat(told.getAction()).contains("SERAI_DB_URL");
        }
    }

    @Test
    void doesNotWaitWhenThePasswordIsWrong() {
        hub.withPropertyValues("serai.db.password=guess").run(context ->
                assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("password authentication failed"));
    }

    @Test
    void refusesAUrlItDoesNotUnderstandWithoutShowingIt() {
        for (String url : List.of("postgres://serai:hush@host/serai", "jdbc:postgresql://host:port/serai?password=hush",
                "jdbc:postgresql://serai:hush@host:5432/serai")) {
            hub.withPropertyValues("serai.db.url=" + url).run(context ->
                    assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("must look like jdbc:postgresql:").hasMessageNotContaining("hush"));
        }
    }

    @Test
    void saysWhatTheAdministratorOfTheServerHasToRun(@TempDir Path migrations) throws Exception {
        Files.writeString(migrations.resolve("V1__extension.sql"), "create extension pg_trgm;");
        String weak = "weak_" + ProcessHandle.current().pid();
        try (var connection = town.connect(); var statement = connection.createStatement()) {
            statement.execute("create role " + weak + " login password 'weak'");
            statement.execute("grant create on schema public to " + weak);
        }
        Flyway flyway = Flyway.configure()
                .dataSource(new DriverManagerDataSource(town.url(), weak, "weak"))
                .locations("filesystem:" + migrations)
                .load();

        FlywayException refusal = catchThrowableOfType(FlywayException.class, flyway::migrate);

        assertThat(new ExtensionRefusedAnalyzer().analyze(refusal).getAction()).contains("CREATE EXTENSION pg_trgm;");
    }

    private static String[] values(Map<String, Object> properties) {
        return properties.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toArray(String[]::new);
    }
}
