package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.message.Address;
import io.serai.message.Contact;
import io.serai.message.Conversation;
import io.serai.message.Receipt;
import io.serai.message.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What an answer cost. */
class UsagesTest {

    @Test
    void keepsNoAnswerBackWhileTheDatabaseIsAway() {
        var away = JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/away"));
        var receipt = new Receipt(1, UUID.randomUUID(), new Contact(1, "Ann", ZoneOffset.UTC), new Address(1, "completions", "", "ann"),
                new Conversation(1, "main", 0), false, Verdict.ANSWERED);

        assertThat(new Usages(away).since(receipt, Instant.EPOCH)).isEqualTo(Completion.Usage.of(0, 0));
    }
}
