package io.serai.web;

import io.serai.WrongSetting;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Those who may log in. Read from the database each time, so that a change holds from the next request on. */
@Component
public class Staff {

    private static final String ADMIN = "admin";
    private static final int SHORTEST = 8;
    private static final int LONGEST_BYTES = 72; // bcrypt looks at no more
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"; // 32 of them, none that look alike: 5 bits each
    private static final int MADE_LENGTH = 20;
    private static final int MADE_GROUP = 5;

    private final JdbcClient database;
    private final PasswordEncoder passwords;
    private final String given;
    private String made;
    private boolean settled;

    Staff(JdbcClient database, PasswordEncoder passwords, StaffSettings settings) {
        this.database = database;
        this.passwords = passwords;
        this.given = settings.password();
        if (given != null && (given.length() < SHORTEST || given.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES)) {
            throw new WrongSetting(
                    "serai.admin.password must have at least " + SHORTEST + " characters and at most " + LONGEST_BYTES + " bytes");
        }
    }

    record Member(String name, String password, Rank rank) implements AuthenticatedPrincipal {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String toString() {
            return name + " (" + rank.word() + ")";
        }
    }

    /** The password that was made for {@code admin}, when this is the first start; nobody can ever read it again. */
    public Optional<String> firstPassword() {
        settle();
        return Optional.ofNullable(made);
    }

    Optional<Member> find(String name) {
        settle();
        return read(name);
    }

    private Optional<Member> read(String name) {
        return database.sql("select name, password, role from staff where name = :name")
                .param("name", name)
                .query(Staff::member)
                .optional();
    }

    /** Not at start but before the first use: the database may be away when the hub starts. */
    private synchronized void settle() {
        if (settled) {
            return;
        }
        Optional<Member> admin = read(ADMIN);
        if (given != null && admin.filter(known -> passwords.matches(given, known.password())).isEmpty()) {
            database.sql("""
                    insert into staff (name, password, role) values (:name, :password, :role)
                    on conflict (name) do update set password = excluded.password
                    """)
                    .param("name", ADMIN)
                    .param("password", passwords.encode(given))
                    .param("role", Rank.ADMIN.word())
                    .update();
        } else if (given == null && admin.isEmpty()) {
            make();
        }
        settled = true;
    }

    private void make() {
        String password = readable();
        int rows = database.sql("insert into staff (name, password, role) values (:name, :password, :role) on conflict do nothing")
                .param("name", ADMIN)
                .param("password", passwords.encode(password))
                .param("role", Rank.ADMIN.word())
                .update();
        made = rows == 1 ? password : null; // 0: another process of the hub was first
    }

    private static String readable() {
        SecureRandom random = new SecureRandom();
        return IntStream.range(0, MADE_LENGTH)
                .mapToObj(at -> (at > 0 && at % MADE_GROUP == 0 ? "-" : "") + LETTERS.charAt(random.nextInt(LETTERS.length())))
                .collect(Collectors.joining());
    }

    private static Member member(ResultSet row, int number) throws SQLException {
        return new Member(row.getString("name"), row.getString("password"), Rank.of(row.getString("role")));
    }
}
