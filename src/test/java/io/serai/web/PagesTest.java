package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.contact.Contacts;
import io.serai.profile.Snapshots;
import io.serai.town.Town;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody who has said a lot: what is shown of it costs what is shown. */
@Tag("database")
@ResourceLock(Town.SHARED)
class PagesTest {

    private static final int PAGE = 50;
    private static final Town TOWN = Town.shared();
    private static final String HANDLE = UUID.randomUUID().toString();
    private static long contact;
    private static Place place;

    /** A question, its answer, and every tenth time something learned, a minute each. */
    @BeforeAll
    static void talkALot() {
        contact = TOWN.bean(Contacts.class).meet("web-chat", "", HANDLE, "Ada", "main").contact().id();
        place = TOWN.bean(History.class).found(new Place(HANDLE, 0));
        TOWN.sql().sql("""
                with said as (
                    insert into message (conversation_id, contact_id, address_id, role, text, channel, account, tokens, said_at)
                    select conversation.id, :contact, :address, case place % 2 when 1 then 'user' else 'assistant' end, 'word ' || place, 'web-chat', '', 1,
                           timestamptz '2026-01-01' + place * interval '1 minute'
                    from conversation, generate_series(1, 3000) as place where contact_id = :contact order by place
                    returning *
                ), sent as (
                    insert into parcel (reply_id, conversation_id, address_id, part, text, state)
                    select id, conversation_id, address_id, part, 'part ' || part || ' of ' || text, 'sent' from said, generate_series(1, 2) as part
                    where role = 'assistant' order by said.id, part
                    returning *
                ), learned as (
                    insert into fact (contact_id, text, created_at) select contact_id, 'fact of ' || text, said_at from said where text like '%0'
                )
                insert into counter (address_id, parcel_id, reply_id, text) select address_id, id, reply_id, nullif(text, '') from sent order by id
                """).param("contact", contact).param("address", place.address()).update();
        TOWN.sql().sql("analyze message").update();
        TOWN.sql().sql("analyze counter").update();
        TOWN.sql().sql("analyze fact").update();
    }

    @Test
    void readsOfATimelineNoMoreThanThePage() {
        var before = new Dossier.Mark(Instant.parse("2026-01-02T00:00:00Z"), "", "");

        List<Dossier.Event> events = reading(() -> TOWN.bean(Dossiers.class).timeline(contact, before, PAGE));

        assertThat(events).hasSize(PAGE).extracting(Dossier.Event::text).startsWith("word 1439", "word 1438").containsSubsequence("fact of word 1430", "word 1430", "word 1429");
        Dossier.Mark mark = events.get(10).mark();
        assertThat(TOWN.bean(Dossiers.class).timeline(contact, mark, PAGE)).startsWith(events.subList(11, PAGE).toArray(Dossier.Event[]::new));
    }

    @Test
    void readsOfAHistoryNoMoreThanThePage() {
        List<History.Entry> newest = reading(() -> entries(null));

        assertThat(newest).hasSize(PAGE);
        assertThat(newest.getFirst().parts()).containsExactly("part 1 of word 3000", "part 2 of word 3000");
        assertThat(newest.get(1).parts()).containsExactly("word 2999");
        List<History.Entry> older = reading(() -> entries(newest.getLast().id()));
        assertThat(older).hasSize(PAGE).extracting(entry -> entry.parts().getLast()).startsWith("part 2 of word 2950", "word 2949");
        assertThat(entries(UUID.randomUUID())).isEmpty();
    }

    @Test
    void readsOfADayNoMoreThanThePage() {
        LocalDate day = LocalDate.of(2019, 1, 1);
        TOWN.sql().sql("""
                with everybody as (insert into contact (name) select 'one' from generate_series(1, 3000) returning id)
                insert into snapshot select :day, id, 'proposal', id % 10 = 0, 1, 1, id % 7, '{}', 'line' from everybody
                """).param("day", day).update();
        TOWN.sql().sql("analyze snapshot").update();
        Snapshots snapshots = TOWN.bean(Snapshots.class);

        List<Snapshots.Row> first = reading(() -> snapshots.of(day, "", null, PAGE));
        List<Snapshots.Row> second = reading(() -> snapshots.of(day, "", first.getLast(), PAGE));

        assertThat(first).hasSize(PAGE).allSatisfy(row -> assertThat(row.hot()).isTrue()).isSortedAccordingTo(Comparator.comparing(Snapshots.Row::overdue).reversed());
        assertThat(second).hasSize(PAGE).doesNotContainAnyElementsOf(first);
        assertThat(snapshots.of(day, "", null, 2 * PAGE)).containsExactlyElementsOf(Stream.concat(first.stream(), second.stream()).toList());
    }

    private static List<History.Entry> entries(UUID before) {
        return TOWN.bean(History.class).entries(place, Long.MAX_VALUE, before, PAGE);
    }

    /**
     * For each entry some rows: itself, its neighbour that belongs elsewhere, its parts; and that twice. A server that believes its disks turn, as all do
     * unless told otherwise, reads tables as small as these whole.
     */
    private static <T> T reading(Supplier<T> page) {
        return TOWN.bean(TransactionTemplate.class).execute(transaction -> {
            TOWN.sql().sql("set local random_page_cost = 1.1").update();
            long before = read();
            T told = page.get();
            assertThat(read() - before).as("rows that were read").isPositive().isLessThan(10 * PAGE);
            return told;
        });
    }

    private static long read() {
        return TOWN.sql().sql("select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) from pg_stat_xact_user_tables").query(Long.class).single();
    }
}
