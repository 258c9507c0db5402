package io.serai.profile;

import static org.awaitility.Awaitility.await;

import io.serai.deliver.Outbox;
import io.serai.message.Kind;
import io.serai.message.Post;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What we promise without being asked. */
@Tag("database")
class PostedPromiseTest {

    @Test
    void isLearnedBeforeTheySpeakAgain() {
        try (var town = Town.with(Map.of("serai.profile.extraction", "every-turn", "serai.models.main.provider", "offline"))) {
            Visitor customer = town.visitor();
            customer.says("Hello");
            customer.hears();
            long conversation = town.sql().sql("select id from conversation").query(Long.class).single();
            town.bean(Outbox.class).post(Post.of(Kind.CONVERSATION, conversation, "ada", "I'll send you the quote tomorrow."));
            await().until(() -> town.sql().sql("select count(*) from commitment where who = 'us' and due_at is not null").query(Integer.class).single() == 1);
        }
    }
}
