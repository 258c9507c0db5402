package io.serai.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serai.channel.Attachments;
import io.serai.channel.Pulse;
import io.serai.channel.Pulses;
import io.serai.message.Attachment;
import io.serai.town.FakeTelegram;
import io.serai.town.FakeTelegram.Call;
import io.serai.town.TelegramChat;
import io.serai.town.Town;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** People write to a bot, and the Bot API has its bad days. */
@Tag("database")
@ResourceLock(BotTown.LOCK)
class TelegramTest {

    private static final FakeTelegram telegram = BotTown.TELEGRAM;
    private static final FakeTelegram chatty = BotTown.CHATTY;
    private static final Town town = BotTown.TOWN;

    /** Something that no other scene says. */
    private final String mark = UUID.randomUUID().toString();

    private final TelegramChat ada = telegram.person("Ada");

    @BeforeEach
    void answer() {
        town.model().recovers().says("Good day.");
        telegram.meddles(updates -> {});
    }

    @Test
    void answersWhereItWasAsked() {
        town.model().says("**Good** day, <Ada> & co.");
        ada.says("Hello, " + mark);
        assertThat(ada.hears()).satisfies(heard -> {
            assertThat(heard.text()).isEqualTo("Good day, <Ada> & co.");
            assertThat(heard.asked().path("text").asText()).isEqualTo("<b>Good</b> day, &lt;Ada&gt; &amp; co.");
            assertThat(heard.asked().has("reply_parameters")).isFalse();
        });
        assertThat(message(mark)).containsEntry("channel", "telegram").containsEntry("account", "main").containsEntry("author", "Ada");
    }

    @Test
    void answersByTheBotThatWasAsked() {
        TelegramChat bo = chatty.person("Bo");
        bo.says("Hello, " + mark);
        bo.hears("Good day.");
        assertThat(message(mark)).containsEntry("account", "chatty");
    }

    @Test
    void hearsOnceWhatComesTwiceAndInTheOrderInWhichItWasSaid() {
        telegram.repeatsAndReorders();
        List<String> said = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            said.add(i + " " + mark);
            ada.says(said.getLast());
        }
        ada.hears();
        await().until(() -> telegram.waiting() == 0);
        assertThat(town.sql().sql("select text from message where text like '%' || :mark order by id").param("mark", mark).query(String.class).list())
                .containsExactlyElementsOf(said);
    }

    @Test
    void quotesWhatIsRepliedTo() {
        ada.says("Hello");
        TelegramChat.Heard first = ada.hears();
        ada.says("That one, " + mark, message -> message.set("reply_to_message", ada.bySerai(first)));
        ada.hears();
        assertThat(lastUser()).contains("> Serai: Good day.\n\nThat one, " + mark);
    }

    @Test
    void answersALaterWordingOnlyWhenTheFirstIsAnsweredAlready() {
        town.model().takes(Duration.ofMillis(300));
        long id = ada.says("The gate is blue " + mark);
        ada.hears();
        ada.edits(id, "The gate is red " + mark);
        ada.hears();
        assertThat(lastUser()).contains("The gate is red " + mark);
        town.model().takes(Duration.ZERO);
    }

    @Test
    void listensInAGroupButAnswersOnlyWhenItIsMeant() {
        TelegramChat team = telegram.group("Team");
        team.says("Bo", "Is anybody there? " + mark, message -> {});
        team.says("Cy", "No idea", message -> {});
        long asked = team.says("Bo", "@serai_bot, are you there?", message -> {});
        TelegramChat.Heard first = team.hears();
        assertThat(first.asked().at("/reply_parameters/message_id").asLong()).isEqualTo(asked);
        team.says("Cy", "Really?", message -> message.set("reply_to_message", team.bySerai(first)));
        team.hears("Good day.");
        assertThat(team.heard()).hasSize(2);
        assertThat(lastUser()).contains("> Serai: Good day.\n\nCy: Really?");
        assertThat(town.model().requests().getLast().messages("user").getFirst()).contains("Bo: Is anybody there? " + mark);
        assertThat(message(mark)).containsEntry("suppressed_by", "not-addressed").containsEntry("author", "Bo");
    }

    @Test
    void answersEverythingInAGroupWhenItIsToldTo() {
        TelegramChat team = chatty.group("Team");
        team.says("Bo", "Is anybody there?", message -> {});
        team.hears("Good day.");
    }

    @Test
    void staysInTheTopicOfAForum() {
        TelegramChat forum = telegram.group("Forum");
        forum.says("Bo", "@serai_bot hello", message -> message.put("is_topic_message", true).put("message_thread_id", 33));
        assertThat(forum.hears().asked().path("message_thread_id").asLong()).isEqualTo(33);
        // a late answer of another scene would take the refusal
        await().until(() -> town.sql().sql("select not exists (select from work where queue <> 'reflections')").query(Boolean.class).single());
        telegram.fails("sendMessage", 400, "Bad Request: message thread not found");
        forum.says("Bo", "@serai_bot hello again", message -> message.put("is_topic_message", true).put("message_thread_id", 34));
        assertThat(forum.hears().asked().has("message_thread_id")).isFalse();
    }

    @Test
    void neverAnswersAnotherBot() {
        TelegramChat team = chatty.group("Bots");
        team.says("Spam", "Buy! " + mark, message -> ((ObjectNode) message.path("from")).put("is_bot", true));
        await().until(() -> !message(mark).isEmpty());
        assertThat(message(mark)).containsEntry("suppressed_by", "from-a-bot");
    }

    @Test
    void keepsFilesAndNamesThoseThatAreTooLarge() {
        ada.sendsPhoto(new byte[] {1, 2, 3}, "Our yard " + mark);
        ada.hears();
        assertThat(files(mark)).singleElement().satisfies(photo -> assertThat(town.bean(Attachments.class).read(photo)).hasValue(new byte[] {1, 2, 3}));
        ada.sends("document", new byte[20_000], "../plan.pdf", "application/pdf", "The plan " + mark + "2");
        ada.hears();
        assertThat(files(mark + "2")).singleElement().satisfies(plan -> {
            assertThat(plan.place()).startsWith("telegram:");
            assertThat(plan.size()).isEqualTo(20_000);
        });
    }

    @Test
    void hearsAMessageWhoseFileIsNotToBeHad() {
        telegram.breaks("file");
        ada.sends("voice", new byte[] {4, 5}, "v.ogg", "audio/ogg", "Second try " + mark);
        ada.hears();
        assertThat(files(mark)).singleElement().satisfies(voice -> assertThat(town.bean(Attachments.class).read(voice)).hasValue(new byte[] {4, 5}));
        telegram.fails("getFile", 400, "Bad Request: file is too big");
        ada.sends("voice", new byte[] {4, 5}, "v.ogg", "audio/ogg", "Too big " + mark + "2");
        ada.hears();
        assertThat(files(mark + "2")).singleElement().extracting(Attachment::place).asString().startsWith("telegram:");
    }

    /** Others wait behind it; and when one takes too long the next will. */
    @Test
    void hearsMessagesWhoseFilesTakeTooLong() {
        TelegramChat bo = chatty.person("Bo");
        chatty.dawdles("file", Duration.ofSeconds(20));
        chatty.dawdles("file", Duration.ofSeconds(1));
        bo.sends("voice", new byte[] {4, 5}, "v.ogg", "audio/ogg", "First " + mark);
        bo.sends("voice", new byte[] {6, 7}, "v.ogg", "audio/ogg", "Second " + mark);
        bo.hears();
        await().until(() -> files(mark).size() == 2);
        assertThat(files(mark)).extracting(Attachment::place).allMatch(place -> place.startsWith("telegram:"));
    }

    @Test
    void recordsWhatIsNoMessageAndGoesOn() {
        telegram.happens("callback_query", FakeTelegram.json("{\"id\": \"" + mark + "\", \"data\": \"buy\"}"));
        telegram.happens("message", FakeTelegram.json("{\"message_id\": \"" + mark + "\", \"chat\": 5}"));
        telegram.happens("message", FakeTelegram.json("[1, 2, \"" + mark + "\"]"));
        ada.says("Hello");
        ada.hears("Good day.");
        assertThat(town.sql().sql("select rule from telegram_update where raw like '%' || :mark || '%' order by id").param("mark", mark).query(String.class).list())
                .containsExactlyInAnyOrder("callback-query", "unreadable", "unreadable");
    }

    @Test
    void keepsAsFailedWhatCannotBeStoredAndGoesOn() {
        ada.says("From the year 300000, " + mark, message -> message.put("date", 9_400_000_000_000L));
        ada.says("Hello");
        ada.hears("Good day.");
        assertThat(town.sql().sql("select rule from telegram_update where raw like '%' || :mark || '%'").param("mark", mark).query(String.class).list())
                .containsExactly("failed");
    }

    @Test
    void goesOnAfterEverythingThatAPollCanMeet() {
        telegram.fails("getUpdates", 500, "Internal Server Error");
        telegram.answers("getUpdates", 502, "<html>Bad Gateway</html>");
        telegram.breaks("getUpdates");
        telegram.answers("getUpdates", 200, "{\"ok\": true, \"result\": [{\"update_id\": ");
        telegram.answers("getUpdates", 200, "{\"ok\": true, \"result\": {}}");
        await().until(telegram::isCalm);
        ada.says("Hello");
        ada.hears("Good day.");
    }

    @Test
    void givesUpAPollThatNeverEndsAndAsksAgain() {
        isInTrouble("no whole answer", () -> telegram.dawdles("getUpdates", Duration.ofSeconds(6)));
        ada.says("Hello");
        ada.hears("Good day.");
    }

    @Test
    void pollsAgainWhenTelegramSaidAndNotBefore() {
        var refused = new AtomicReference<CompletableFuture<Call>>();
        isInTrouble("429", () -> refused.set(telegram.tooMany("getUpdates", 2)));
        await().until(() -> refused.get().isDone());
        Call last = refused.get().join();
        Call next = await().until(() -> telegram.after(last), Optional::isPresent).orElseThrow();
        assertThat(Duration.between(last.at(), next.at())).isGreaterThanOrEqualTo(Duration.ofMillis(1_990));
    }

    @Test
    void tellsWhenAnotherProgramPollsTheSameBot() {
        isInTrouble("another program polls this bot", () ->
                telegram.fails("getUpdates", 409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"));
        await().until(() -> pulse().trouble() == null);
    }

    @Test
    void takesTheBotBackFromAWebhookThatIsInTheWay() {
        telegram.isToldToPushTo("https://elsewhere.example/");
        ada.says("Hello");
        ada.hears("Good day.");
        assertThat(telegram.webhook()).isEmpty();
        assertThat(telegram.calls("deleteWebhook").getLast().parameters().path("drop_pending_updates").asBoolean(true)).isFalse();
    }

    @Test
    void pausesABotThatIsNotLetInAndGoesOnByItself() {
        telegram.revokes();
        await().until(() -> pulse().state() == Pulse.State.PAUSED);
        int polled = telegram.calls("getUpdates").size();
        ada.says("Are you there? " + mark);
        int tried = telegram.calls("getMe").size();
        await().until(() -> telegram.calls("getMe").size() > tried + 2);
        assertThat(telegram.calls("getUpdates")).as("polls meanwhile").hasSize(polled);
        telegram.restores();
        ada.hears("Good day.");
        await().until(() -> pulse().state() == Pulse.State.MOVING);
    }

    /** Trouble is forgotten with the next poll that goes well, so that it comes until somebody has seen it. */
    private static void isInTrouble(String told, Runnable cause) {
        await().until(() -> {
            String trouble = pulse().trouble();
            boolean seen = trouble != null && trouble.contains(told);
            if (!seen && telegram.isCalm()) {
                cause.run();
            }
            return seen;
        });
    }

    private static Pulse pulse() {
        return town.bean(Pulses.class).all().stream().filter(pulse -> pulse.account().equals("main")).findFirst().orElseThrow();
    }

    private static String lastUser() {
        return town.model().requests().getLast().lastUser();
    }

    private static Map<String, Object> message(String mark) {
        return town.sql().sql("select * from message where text like '%' || :mark and role = 'user'").param("mark", mark).query().listOfRows().stream()
                .findFirst().orElse(Map.of());
    }

    private static List<Attachment> files(String mark) {
        return town.sql().sql("""
                select file ->> 'name' as name, file ->> 'type' as type, (file ->> 'size')::bigint as size, file ->> 'place' as place
                from message, jsonb_array_elements(attachments) as file where text like '%' || :mark and role = 'user'
                """)
                .param("mark", mark)
                .query(Attachment.class)
                .list();
    }
}
