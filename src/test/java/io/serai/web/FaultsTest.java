package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.message.Refused;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionSystemException;

/** What a sender may know about what went wrong. */
class FaultsTest {

    @Test
    void sendsThemAgainLaterWhileTheDatabaseIsAway() {
        Fault fault = Faults.of(new CannotGetJdbcConnectionException("to db.internal:5432", new SQLTransientConnectionException("pool")));

        assertThat(fault.status().value()).isEqualTo(503);
        assertThat(fault.headers().getFirst("Retry-After")).isEqualTo("5");
        assertThat(fault.detail()).doesNotContain("db.internal", "pool");
    }

    /** As when Postgres dies in the middle of a commit: whether it happened is found out when they send it again. */
    @Test
    void sendsThemAgainWhenTheConnectionBrokeUnderACommit() {
        Fault fault = Faults.of(new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed")));

        assertThat(fault.status().value()).isEqualTo(503);
    }

    @Test
    void saysWhyAMessageIsRefused() {
        assertThat(Faults.of(new Refused("nobody to answer"))).isEqualTo(
                new Fault(HttpStatus.UNPROCESSABLE_ENTITY, "refused", "nobody to answer", HttpHeaders.EMPTY));
    }

    @Test
    void keepsWhatNobodyForesawToItselfAndGivesItANumber() {
        Fault fault = Faults.of(new IllegalStateException("secret-of-the-house"));

        assertThat(fault.status().value()).isEqualTo(500);
        assertThat(fault.detail()).doesNotContain("secret-of-the-house", "IllegalState").containsPattern("error [0-9a-f-]{36}");
    }

    @Test
    void refusesADayThatTheDatabaseCannotTellOf() {
        Fault fault = Faults.of(new DataIntegrityViolationException("day", new SQLException("date out of range", "22008")));

        assertThat(fault.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fault.detail()).contains("beyond what can be kept");
    }

    @Test
    void doesNotPromiseAnAnswerThatWillNotCome() {
        assertThat(Faults.of(new Unanswered(42)).status().value()).isEqualTo(502);
        assertThat(Faults.of(new Unanswered(42)).detail()).doesNotContain("42");
    }
}
