package io.serai.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.town.RecipeHome;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@Tag("database")
@ResourceLock(Town.SHARED)
class DeadParcelTest {

    private final Town town = Town.shared();

    @Test
    void isNotSentOnceMoreAndTheNextOneGoes() {
        Visitor customer = town.visitor();
        killsWhoeverSendsTheNextParcelTo(town, customer);

        town.model().says("Second.");
        customer.says("Still there?");
        customer.hears("Second.");
    }

    /** A step of one's own in front of it that fails leaves no parcel behind that nobody sends and nobody can replay. */
    @Test
    void isGivenUpThoughTheRouteForFailuresFails() throws IOException {
        Path home = RecipeHome.with(Path.of("src/test/resources/recipe"));
        Path failures = home.resolve("routes/failures.yaml");
        Files.writeString(failures, Files.readString(failures).replace("      steps:\n", "      steps:\n        - to: http://127.0.0.1:1/\n"));
        try (Town broken = Town.with(Map.of("serai.home", home, "serai.ntfy.host", "127.0.0.1:1", "serai.ntfy.topics", "nobody", "serai.ntfy.period", "1h"))) {
            killsWhoeverSendsTheNextParcelTo(broken, broken.visitor());
        }
    }

    private static void killsWhoeverSendsTheNextParcelTo(Town town, Visitor customer) {
        String mark = UUID.randomUUID().toString();
        town.model().says("First.");
        customer.says("Hello " + mark);
        customer.hears("First.");

        await().until(() -> town.sql().sql("""
                select parcel.state from parcel join message on message.answer_id = reply_id where message.text like '%' || :mark
                """).param("mark", mark).query(String.class).single().equals("sent"));
        long parcel = copyOfTheLastParcel(town, mark);
        await().until(() -> town.sql().sql("select state from parcel where id = :id").param("id", parcel).query(String.class).single().equals("dead"));
        assertThat(town.sql().sql("select reason from dead_letter where queue = 'parcels' and :parcel = any (subjects)")
                .param("parcel", parcel).query(String.class).single()).contains("never finished");
    }

    /** One at which as many hubs have died as may. */
    private static long copyOfTheLastParcel(Town town, String mark) {
        return town.sql().sql("""
                with copy as (
                    insert into parcel (reply_id, conversation_id, address_id, part, text)
                    select reply_id, parcel.conversation_id, parcel.address_id, 2, 'It kills whoever sends it.'
                    from parcel join message on message.answer_id = reply_id where message.text like '%' || :mark
                    returning id, conversation_id
                ), work as (
                    insert into work (queue, conversation_id, subject_id, due_at, lapsed)
                    select 'parcels', conversation_id, id, now(), 16 from copy
                ), lane as (
                    update lane set due_at = now() from copy where queue = 'parcels' and lane.conversation_id = copy.conversation_id
                )
                select id from copy
                """).param("mark", mark).query(Long.class).single();
    }
}
