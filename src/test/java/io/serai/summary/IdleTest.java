package io.serai.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.message.Inbound;
import io.serai.message.Receipt;
import io.serai.town.Town;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.transaction.support.TransactionOperations;

/** Talks that have gone quiet, and which of them are looked at. */
@Tag("database")
@ResourceLock(Town.SHARED)
class IdleTest {

    private final Town town = Town.shared();
    private final Idle idle = town.bean(Idle.class);
    private final Silences silences = town.bean(Silences.class);
    private final Instant since = town.clock().instant().minus(Duration.ofDays(1));
    private final String mark = UUID.randomUUID().toString();
    private long contact;

    @BeforeEach
    void meets() {
        town.model().says("Well.");
        Receipt said = town.receives(Inbound.of("webhook", "", mark, mark, "Hello", town.clock().instant()));
        town.answer(said);
        contact = said.contact().id();
    }

    @Test
    void putsAllToRestAtOnceTheQuietestFirst() {
        List<Long> quiet = quietTalks(230, true);
        assertThat(silences.quiet(since).stream().filter(quiet::contains)).containsExactlyElementsOf(quiet.reversed());
        assertThat(idle.idle()).isGreaterThanOrEqualTo(230);
        assertThat(silences.quiet(since)).doesNotContainAnyElementsOf(quiet);
        assertThat(rested()).isEqualTo(230);
        assertThat(idle.idle()).as("each once").isZero();
    }

    @Test
    void looksAgainOnlyWhereSomethingWasSaidSince() {
        long unanswered = quietTalks(1, false).getFirst();
        long told = quietTalks(1, true).getFirst();
        idle.idle();
        assertThat(silences.quiet(since)).doesNotContain(unanswered, told);
        assertThat(rested()).as("where we never answered there is nothing to tell").isEqualTo(1);
        says(told, "user", "Wait");
        says(unanswered, "assistant", "Here we are");
        assertThat(silences.quiet(since)).contains(unanswered, told);
        idle.idle();
        assertThat(rested()).isEqualTo(2);
    }

    @Test
    void missesNothingThatIsSaidWhileItLooks() throws Exception {
        long talk = quietTalks(1, true).getFirst();
        CompletableFuture<Void> late = town.bean(TransactionOperations.class).execute(claims -> {
            assertThat(silences.claim(List.of(talk), since)).hasSize(1);
            var saying = CompletableFuture.runAsync(() -> says(talk, "user", "One more thing"));
            assertThat(saying).as("waits until it is known who has the talk").failsWithin(Duration.ofMillis(300));
            return saying;
        });
        late.get(10, TimeUnit.SECONDS);
        assertThat(silences.quiet(since)).contains(talk);
    }

    /** The later of them fell quiet the earlier. */
    private List<Long> quietTalks(int count, boolean answered) {
        return town.sql().sql("""
                with talk as (
                    insert into conversation (contact_id, key) select :contact, 'deal:' || gen_random_uuid() from generate_series(1, :count) returning id
                ), said as (
                    insert into message (conversation_id, contact_id, role, text, channel, account, tokens, said_at)
                    select id, :contact, role, 'Hello', 'webhook', '', 1, :now::timestamptz - interval '2 days' - id * interval '1 second'
                    from talk, unnest(case when :answered then array['user', 'assistant'] else array['user'] end) as role
                )
                select id from talk order by id
                """)
                .param("contact", contact).param("count", count).param("answered", answered).param("now", java.sql.Timestamp.from(town.clock().instant()))
                .query(Long.class).list();
    }

    private void says(long talk, String role, String text) {
        town.sql().sql("""
                insert into message (conversation_id, contact_id, role, text, channel, account, tokens, said_at)
                values (:talk, :contact, :role, :text, 'webhook', '', 1, :now)
                """)
                .param("talk", talk).param("contact", contact).param("role", role).param("text", text)
                .param("now", java.sql.Timestamp.from(town.clock().instant().minus(Duration.ofHours(30)))).update();
    }

    private int rested() {
        return town.sql().sql("select count(*) from conversation where contact_id = :contact and idle_at is not null").param("contact", contact)
                .query(Integer.class).single();
    }
}
