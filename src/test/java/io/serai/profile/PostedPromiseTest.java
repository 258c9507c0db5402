package io.serai.profile;

import static org.awaitility.Awaitility.await;

import io.serai.deliver.Outbox;
import io.serai.message.Kind;
import io.serai.message.Post;
import io.serai.town.OfflineTown;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What we promise without being asked. */
@Tag("database")
@ResourceLock(OfflineTown.LOCK)
class PostedPromiseTest {

    @Test
    void isLearnedBeforeTheySpeakAgain() {
        Town town = OfflineTown.town();
        String mark = UUID.randomUUID().toString();
        Visitor customer = town.visitor();
        customer.says("Hello, " + mark);
        customer.hears();
        var talk = town.sql().sql("select conversation_id, contact_id from message where role = 'user' and text like '%' || :mark").param("mark", mark).query().singleRow();
        town.bean(Outbox.class).post(Post.of(Kind.CONVERSATION, (long) talk.get("conversation_id"), "ada", "I'll send you the quote tomorrow."));
        await().until(() -> town.sql().sql("select count(*) from commitment where who = 'us' and due_at is not null and contact_id = :contact")
                .param("contact", talk.get("contact_id")).query(Integer.class).single() == 1);
    }
}
