package io.serai.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.deliver.Outbox;
import io.serai.message.Kind;
import io.serai.message.Post;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every channel keeps to. A channel's test implements this against its fake far side on a real socket; scenes of one class share a hub, and
 * each brings a person of its own. The hub needs {@code serai.deliver.retry} of a few hundred milliseconds.
 */
public interface ChannelContract {

    /** Headers that would steer a step, had the outside its way. */
    Map<String, String> HOSTILE = Map.of(
            "CamelHttpUri", "http://127.0.0.1:9/stolen",
            "CamelHttpPath", "/stolen",
            "CamelBeanMethodName", "getClass",
            "CamelTelegramChatId", "999",
            "CamelFileName", "../../stolen",
            "mail.smtp.host", "stolen.example",
            "CamelSlackChannel", "stolen");

    /** What the outside sees and does. Handles are those of the channel: a chat, a mail address, a user. */
    interface FarSide {

        /** Somebody who has not been here. */
        String newcomer();

        /** Says something by the way the channel has, under the channel's own id of the message, and comes back once the door has taken it. */
        void says(String handle, String text, String id);

        /** The same with headers on it, as far as the channel carries any. */
        default void says(String handle, String text, String id, Map<String, String> headers) {
            says(handle, text, id);
        }

        /** What has arrived at a handle, in order, as text without the marks of the dialect. */
        List<String> hears(String handle);

        /** When somebody tried to send to it, whether or not it was taken. */
        List<Instant> tries(String handle);

        /** The next thing that is sent is turned away before it was taken: a 503, a closed port. */
        void failsOnce();

        /** The next thing that is sent is turned away and told when to come back; null where the channel has no such word. */
        void turnsAway(Duration retryAfter);

        /** From now on nothing is taken at this handle, for good. */
        void refuses(String handle);

        /** All headers (or what comes close to them) of the last thing that arrived, by name. */
        Map<String, String> lastHeaders();
    }

    Town town();

    FarSide far();

    /** The name of the channel. */
    String channel();

    /** The longest message of the channel, in units of its dialect; 0 where there is no limit. */
    int limit();

    /** Whether the far side can say when to come back. */
    default boolean knowsRetryAfter() {
        return true;
    }

    @Test
    default void answersWhereItWasAsked() {
        String ada = far().newcomer();
        String bob = far().newcomer();
        town().model().answersBy(request -> request.lastUser().contains("Ada") ? "Good day, Ada." : "Good day, Bob.");
        far().says(ada, "I am Ada", id());
        far().says(bob, "I am Bob", id());
        hears(ada, "Good day, Ada.");
        hears(bob, "Good day, Bob.");
    }

    @Test
    default void splitsLongReplies() {
        org.junit.jupiter.api.Assumptions.assumeTrue(limit() > 0, "this channel has no limit");
        String ada = far().newcomer();
        List<String> sentences = IntStream.range(0, limit() / 10).mapToObj("This is sentence number %d."::formatted).toList();
        town().model().says(String.join(" ", sentences));
        far().says(ada, "Tell me all of it", id());
        await().untilAsserted(() -> assertThat(whole(ada)).endsWith(sentences.getLast()));
        assertThat(far().hears(ada)).hasSizeGreaterThan(1).allSatisfy(part -> assertThat(part.length()).isBetween(1, limit()));
        assertThat(whole(ada)).isEqualTo(String.join(" ", sentences));
    }

    @Test
    default void survivesOneFailure() {
        String ada = far().newcomer();
        town().model().says("Here I am.");
        far().failsOnce();
        far().says(ada, "Are you there?", id());
        hears(ada, "Here I am.");
        assertThat(far().tries(ada)).hasSize(2);
    }

    @Test
    default void obeysRetryAfter() {
        org.junit.jupiter.api.Assumptions.assumeTrue(knowsRetryAfter(), "this channel has no such word");
        String ada = far().newcomer();
        town().model().says("In a while.");
        far().turnsAway(Duration.ofSeconds(2));
        far().says(ada, "When?", id());
        hears(ada, "In a while.");
        List<Instant> tries = far().tries(ada);
        assertThat(tries).hasSize(2);
        assertThat(Duration.between(tries.getFirst(), tries.getLast())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    default void fallsBackAfterTheLast() {
        String ada = far().newcomer();
        town().model().says("Hello.");
        far().says(ada, "Hello", id());
        hears(ada, "Hello.");
        long elsewhere = alsoAtTheCounter(ada);
        far().refuses(ada);
        town().model().says("By another way.");
        far().says(ada, "And now?", id());
        await().untilAsserted(() -> assertThat(town().sql().sql("select coalesce(counter.text, message.text) from counter join message on message.id = reply_id where counter.address_id = :address")
                .param("address", elsewhere).query(String.class).list()).containsExactly("By another way."));
        assertThat(far().hears(ada)).containsExactly("Hello.");
    }

    @Test
    default void letsNoHeaderThrough() {
        String ada = far().newcomer();
        town().model().says("To you and to nobody else.");
        far().says(ada, "Hello", id(), HOSTILE);
        hears(ada, "To you and to nobody else.");
        assertThat(far().lastHeaders()).allSatisfy((name, value) -> {
            assertThat(HOSTILE.keySet()).noneMatch(name::equalsIgnoreCase);
            assertThat(value).doesNotContain("stolen");
        });
    }

    @Test
    default void dropsADuplicate() {
        String ada = far().newcomer();
        town().model().says("Once.");
        String id = id();
        far().says(ada, "Hello", id);
        far().says(ada, "Hello", id);
        hears(ada, "Once.");
        town().model().says("Twice.");
        far().says(ada, "Hello again", id());
        await().untilAsserted(() -> assertThat(far().hears(ada)).containsExactly("Once.", "Twice."));
    }

    @Test
    default void keepsOrder() {
        String ada = far().newcomer();
        town().model().says("First.");
        far().says(ada, "Hello", id());
        hears(ada, "First.");
        far().failsOnce();
        var outbox = town().bean(Outbox.class);
        List<String> posts = IntStream.rangeClosed(1, 5).mapToObj("Number %d."::formatted).toList();
        posts.forEach(text -> outbox.post(Post.of(Kind.CONVERSATION, conversation(ada), "scene", text)));
        await().untilAsserted(() -> assertThat(far().hears(ada)).hasSize(6));
        assertThat(far().hears(ada).subList(1, 6)).isEqualTo(posts);
    }

    /** A second address of the same contact, on the page, and the wish to be reached there when this channel fails. */
    private long alsoAtTheCounter(String handle) {
        return town().sql().sql("""
                with wish as (
                    insert into delivery_preference (contact_id, fallbacks) select contact_id, '{web-chat}' from address
                    where channel = :channel and handle = :handle
                )
                insert into address (contact_id, channel, account, handle)
                select contact_id, 'web-chat', '', gen_random_uuid()::text from address where channel = :channel and handle = :handle
                returning id
                """)
                .param("channel", channel())
                .param("handle", handle)
                .query(Long.class)
                .single();
    }

    private long conversation(String handle) {
        return town().sql().sql("""
                select max(conversation_id) from message join address on address.id = address_id
                where address.channel = :channel and handle = :handle
                """)
                .param("channel", channel())
                .param("handle", handle)
                .query(Long.class)
                .single();
    }

    private void hears(String handle, String text) {
        await().untilAsserted(() -> assertThat(far().hears(handle)).containsExactly(text));
    }

    private String whole(String handle) {
        return far().hears(handle).stream().map(String::strip).collect(Collectors.joining(" "));
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
