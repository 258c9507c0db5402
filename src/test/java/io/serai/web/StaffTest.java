package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.town.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The first login of a new hub. */
@Tag("database")
class StaffTest {

    private final PasswordEncoder passwords = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private JdbcClient sql;

    @BeforeEach
    void open() {
        TestDatabase database = TestDatabase.create();
        sql = JdbcClient.create(new DriverManagerDataSource(database.url(), database.user(), database.password()));
        sql.sql("create table staff (name text primary key, password text not null, role text not null)").update();
    }

    @Test
    void makesAPasswordAtTheFirstStartAndTellsItOnce() {
        String made = staff(null).firstPassword().orElseThrow();

        assertThat(made).matches("([a-z2-9]{5}-){3}[a-z2-9]{5}");
        assertThat(hash()).startsWith("{bcrypt}").doesNotContain(made);
        assertThat(passwords.matches(made, hash())).isTrue();
        assertThat(staff(null).firstPassword()).isEmpty();
    }

    @Test
    void takesThePasswordOfTheSettings() {
        assertThat(staff("given-password").firstPassword()).isEmpty();
        assertThat(passwords.matches("given-password", hash())).isTrue();
    }

    @Test
    void hashesItAnewOnlyWhenItChanged() {
        staff("given-password").firstPassword();
        String before = hash();
        staff("given-password").firstPassword();
        assertThat(hash()).isEqualTo(before);

        staff("other-password").firstPassword();
        assertThat(passwords.matches("other-password", hash())).isTrue();
    }

    @Test
    void keepsThePasswordWhenTheSettingGoes() {
        staff("given-password").firstPassword();

        assertThat(staff("  ").firstPassword()).isEmpty();
        assertThat(passwords.matches("given-password", hash())).isTrue();
    }

    @Test
    void refusesAPasswordThatProtectsNothingWithoutRepeatingIt() {
        assertThatThrownBy(() -> staff("short")).hasMessageContaining("8 characters").hasMessageNotContaining("short");
        assertThatThrownBy(() -> staff("\u00e9".repeat(37))).hasMessageContaining("72 bytes");
        assertThat(new StaffSettings("a-secret-password").toString()).doesNotContain("secret");
    }

    private Staff staff(String password) {
        return new Staff(sql, passwords, new StaffSettings(password));
    }

    private String hash() {
        return sql.sql("select password from staff where name = 'admin'").query(String.class).single();
    }
}
