package io.serai.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

class AbsenceTest {

    private final SQLStateSQLExceptionTranslator spring = new SQLStateSQLExceptionTranslator();

    @ParameterizedTest
    @ValueSource(strings = {"08006", "53300", "57P01"})
    void isBehindWhatALaterTryMaySettle(String state) {
        assertThat(Absence.isBehind(failure(state))).isTrue();
    }

    /** A value that is too long for an index is too long the next time, too. */
    @Test
    void isNotBehindWhatIsTooMuchForTheDatabase() {
        assertThat(Absence.isBehind(failure("54000"))).isFalse();
    }

    private RuntimeException failure(String state) {
        return new IllegalStateException("a step failed", spring.translate("insert", null, new SQLException("no", state)));
    }
}
