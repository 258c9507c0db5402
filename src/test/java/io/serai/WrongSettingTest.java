package io.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.town.Printed;
import io.serai.town.Town;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hub that cannot start says which setting is wrong and what it must be, and not what it is. */
@Tag("database")
@ResourceLock(Town.FAILED_START)
class WrongSettingTest {

    @ParameterizedTest
    @CsvSource({
        "serai.api.token, wrong-setting-1, serai.api.token must have at least 20 characters",
        "serai.admin.password, wrong-1, serai.admin.password must have at least 8 characters",
        "serai.models.main.fallback, nobody, serai.models.main.fallback names",
        "serai.home, src/test/resources/half, the folder memory of serai.home has no migrations",
        "serai.db.pool-size, 1, serai.db.pool-size (SERAI_DB_POOL_SIZE) must be 2 at least",
    })
    void isToldWithoutAStackTrace(String setting, String value, String complaint, Printed output) {
        assertThatThrownBy(() -> Town.with(Map.of(setting, value)));

        String told = output.toString();
        assertThat(told).contains("APPLICATION FAILED TO START", complaint, "Correct it in application.yaml or in the environment");
        assertThat(told).doesNotContain("wrong-setting-", "wrong-1", "Application run failed\n");
    }
}
