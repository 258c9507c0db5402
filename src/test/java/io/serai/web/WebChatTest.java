package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.message.Inbound;
import io.serai.town.Patience;
import io.serai.town.Town;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Visitors, their tabs and their talk, over real HTTP. */
@Tag("database")
@ResourceLock(Town.SHARED)
class WebChatTest {

    private final Town town = Town.shared();
    private final Tab tab = Tab.ofAStranger(town);

    @BeforeEach
    void theModelRepeats() {
        town.model().answersBy(request -> "You said: **" + Tab.said(request) + "**");
    }

    @AfterEach
    void theModelRecovers() {
        town.model().recovers();
    }

    @Test
    void answersOverTheStream() {
        tab.says("Hello");
        try (Tab open = tab.listens("?after=0")) {
            Tab.Event reply = open.hearsReply();
            assertThat(reply.text()).isEqualTo("You said: **Hello**");
            assertThat(reply.data().get("html").asText()).isEqualTo("<p>You said: <strong>Hello</strong></p>\n");
            assertThat(reply.data().get("at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
            assertThat(reply.id()).containsOnlyDigits();
        }
    }

    @Test
    void tellsAllThatLiesThereHoweverMuchItIs() {
        tab.says("Hello");
        try (Tab open = tab.listens("?after=0")) {
            String reply = open.hearsReply().data().get("replyId").asText();
            town.sql().sql("""
                    with said as (select parcel.* from parcel join message on message.id = reply_id where public_id = :reply::uuid),
                    parts as (insert into parcel (reply_id, conversation_id, address_id, part, text, state)
                              select reply_id, conversation_id, address_id, n, 'part ' || n, 'sent' from said, generate_series(2, 251) as n
                              returning *)
                    insert into counter (address_id, parcel_id, reply_id, text) select address_id, id, reply_id, text from parts order by part
                    """).param("reply", reply).update();
        }
        try (Tab again = tab.another().listens("?after=0")) {
            assertThat(again.hearsReply().text()).isEqualTo("You said: **Hello**");
            for (int part = 2; part <= 251; part++) {
                assertThat(again.hearsReply().text()).isEqualTo("part " + part);
            }
        }
    }

    @Test
    void answersWhoListenedBeforeTheirFirstWord() {
        try (Tab open = tab.listens("")) {
            tab.says("Is this on?");
            assertThat(open.hearsReply().text()).isEqualTo("You said: **Is this on?**");
        }
    }

    @Test
    void showsTheReplyWhileItIsWritten() {
        try (Tab open = tab.listens("")) {
            town.model().goesOnWhen(said -> tokens(open.heard()).equals(said)); // tokens that wait for each other travel as one
            tab.says("one two three");
            List<Tab.Event> events = open.hearsUntil(event -> event.is("message"));
            assertThat(events.getFirst().is("typing")).isTrue();
            assertThat(tokens(events)).isEqualTo("You said: **one two three**").isEqualTo(events.getLast().text());
            assertThat(events).filteredOn(event -> event.is("token")).hasSize(5).allMatch(event -> event.id() == null);
        }
    }

    @Test
    void voidsWhatABrokenAttemptHadSaid() {
        // a late answer of another scene would take the reset
        Awaitility.await().until(() -> town.sql().sql("select not exists (select from work where queue = 'turns' and due_at <= clock_timestamp())")
                .query(Boolean.class).single());
        town.model().answersBy(request -> "a b c d e f").resetsMidStream();
        try (Tab open = tab.listens("")) {
            town.model().goesOnWhen(said -> tokens(open.heard()).endsWith(said)); // of what a reset overtakes nothing is heard
            tab.says("Say the alphabet");
            List<Tab.Event> events = open.hearsUntil(event -> event.is("message"));
            List<Tab.Event> again = events.subList(events.stream().map(Tab.Event::name).toList().indexOf("restart"), events.size());
            assertThat(tokens(again)).isEqualTo("a b c d e f");
        }
    }

    @Test
    void tellsATabThatIsOpenedInTheMiddleWhatItMissed() {
        var caughtUp = new CountDownLatch(1);
        town.model().answersBy(request -> "a b c d e f g h i j").goesOnWhen(said -> !said.endsWith("c ") || caughtUp.getCount() == 0);
        try (Tab first = tab.listens("")) {
            tab.says("Say the alphabet");
            first.hearsUntil(event -> event.is("token") && event.text().contains("c"));
            try (Tab second = tab.another().listens("?after=0")) {
                List<Tab.Event> events = second.hearsUntil(event -> event.is("token"));
                caughtUp.countDown();
                events.addAll(second.hearsUntil(event -> event.is("message")));
                assertThat(events.getFirst().data().get("on").asBoolean()).isTrue();
                assertThat(tokens(events)).isEqualTo("a b c d e f g h i j");
            }
        }
    }

    @Test
    void tellsAllTabsOfAVisitorAndNobodyElse() {
        tab.says("first");
        Tab stranger = Tab.ofAStranger(town);
        stranger.says("somebody else");
        try (Tab one = tab.another().listens("?after=0"); Tab two = tab.another().listens("?after=0"); Tab other = stranger.listens("?after=0")) {
            assertThat(one.hearsReply().text()).isEqualTo("You said: **first**");
            assertThat(two.hearsReply().text()).isEqualTo("You said: **first**");
            assertThat(other.hearsReply().text()).isEqualTo("You said: **somebody else**");
            assertThat(other.leftOver()).isEmpty();
        }
    }

    @Test
    void resumesBehindTheLastEventThatWasSeen() {
        tab.says("first");
        String seen;
        try (Tab open = tab.another().listens("?after=0")) {
            seen = open.hearsReply().id();
        }
        tab.says("second");
        try (Tab back = tab.another().listens("?after=0", "Last-Event-ID", seen)) {
            assertThat(back.hearsReply().text()).isEqualTo("You said: **second**");
        }
    }

    @Test
    void listensAnewToWhoComesFromADatabaseThatIsNoMore() {
        try (Tab open = tab.listens("", "Last-Event-ID", "999999999")) {
            tab.says("still here");
            assertThat(open.hearsReply().text()).isEqualTo("You said: **still here**");
        }
    }

    @Test
    void answersAMessageOnceHoweverOftenItIsSent() {
        UUID id = UUID.randomUUID();
        JsonNode first = tab.says("once", id);
        JsonNode second = tab.says("once", id);
        assertThat(first.get("duplicate").asBoolean()).isFalse();
        assertThat(second.get("duplicate").asBoolean()).isTrue();
        assertThat(second.get("message")).isEqualTo(first.get("message"));
        try (Tab open = tab.listens("?after=0")) {
            open.hearsReply();
            tab.says("next");
            assertThat(open.hearsReply().text()).isEqualTo("You said: **next**");
        }
    }

    @Test
    void keepsVisitorsApartWhoUseTheSameId() {
        UUID id = UUID.randomUUID();
        tab.says("mine", id);
        assertThat(Tab.ofAStranger(town).says("theirs", id).get("duplicate").asBoolean()).isFalse();
    }

    @Test
    void knowsAVisitorByASignedCookie() {
        String set = tab.get("/api/chat/messages").headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).matches("serai_visitor=[0-9a-f-]{36}\\.[A-Za-z0-9_-]{43}; Path=/; Max-Age=31536000; Expires=.*; HttpOnly; SameSite=Strict");
        String before = tab.cookie();
        tab.says("me again");
        assertThat(tab.cookie()).isEqualTo(before);
    }

    @Test
    void takesAForgedCookieForAStranger() {
        tab.says("my secret");
        String id = tab.cookie().substring(0, tab.cookie().indexOf('.'));
        String seal = tab.cookie().substring(tab.cookie().indexOf('.'));
        for (String forged : List.of(id, id + ".", id + "." + "A".repeat(43), id.toUpperCase() + seal, "serai_visitor=" + UUID.randomUUID() + seal, "serai_visitor=")) {
            Tab forger = Tab.with(town, forged);
            assertThat(forger.history("").get("messages")).isEmpty();
            assertThat(forger.cookie()).matches("serai_visitor=[0-9a-f-]{36}\\..{43}").doesNotContain(id);
        }
    }

    @Test
    void showsTheTalkSoFar() {
        String message = tab.says("<b>one</b>").get("message").asText();
        Tab.Event reply = replyAfter("0");
        tab.says("two");
        Tab.Event last = replyAfter(reply.id());
        JsonNode talk = tab.history("");
        assertThat(texts(talk)).containsExactly("<b>one</b>", "You said: **<b>one</b>**", "two", "You said: **two**");
        assertThat(talk.get("messages").get(0).get("id").asText()).isEqualTo(message);
        assertThat(talk.get("messages").get(0).has("html")).isFalse();
        assertThat(talk.get("messages").get(1).get("id").asText()).isEqualTo(reply.data().get("replyId").asText());
        assertThat(talk.get("messages").get(1).get("html").asText()).contains("<strong>&lt;b&gt;one&lt;/b&gt;</strong>");
        assertThat(talk.get("lastEventId").asText()).isEqualTo(last.id());
        assertThat(talk.get("more").asBoolean()).isFalse();
    }

    @Test
    void leafsBackThroughALongTalk() {
        String seen = "0";
        for (int i = 1; i <= 3; i++) {
            tab.says("message " + i);
            seen = replyAfter(seen).id();
        }
        JsonNode newest = tab.history("?limit=4");
        JsonNode before = tab.history("?limit=4&before=" + newest.get("messages").get(0).get("id").asText());
        assertThat(texts(newest)).containsExactly("message 2", "You said: **message 2**", "message 3", "You said: **message 3**");
        assertThat(newest.get("more").asBoolean()).isTrue();
        assertThat(texts(before)).containsExactly("message 1", "You said: **message 1**");
        assertThat(before.get("more").asBoolean()).isFalse();
    }

    /** At the gate, which looks each 200 ms. */
    @Test
    @ResourceLock(Gate.LOCK)
    void findsByItselfWhatNoBellTold() {
        Town quick = Gate.town();
        String first = "first " + UUID.randomUUID();
        quick.model().answersBy(request -> first);
        Tab visitor = Tab.ofAStranger(quick);
        try (Tab open = visitor.listens("")) {
            visitor.says("Hello");
            open.hearsReply();
            layASecondPart(quick, first);
            assertThat(open.hearsReply().text()).isEqualTo("second");
            assertThat(visitor.history("").get("messages").get(1).get("text").asText()).isEqualTo(first + "\n\nsecond");
        }
    }

    /** The rounds of a hub that has just been started: those of the town itself are an hour apart. */
    @Test
    void findsInItsFirstRoundsWhatNoBellTold() {
        try (Town still = Town.with(Map.of("serai.web-chat.heartbeat", "1h"))) {
            String first = "first " + UUID.randomUUID();
            still.model().answersBy(request -> first);
            Tab visitor = Tab.ofAStranger(still);
            try (Tab open = visitor.listens("")) {
                visitor.says("Hello");
                open.hearsReply();
                layASecondPart(still, first);
                var rounds = new Rounds(still.bean(Streams.class), still.bean(History.class), new WebChatSettings("Serai", "", 1, Duration.ofMillis(100)));
                rounds.begin();
                try {
                    assertThat(open.hearsReply().text()).isEqualTo("second");
                } finally {
                    rounds.end();
                }
            }
        }
    }

    /** As another hub does whose bell is not heard here. */
    private static void layASecondPart(Town town, String first) {
        Awaitility.await().until(() -> town.sql().sql("select state = 'sent' from parcel where text = :first").param("first", first).query(Boolean.class).single());
        town.sql().sql("""
                with copy as (
                    insert into parcel (reply_id, conversation_id, address_id, part, text, state)
                    select reply_id, conversation_id, address_id, 2, 'second', 'sent' from parcel where text = :first
                    returning id, reply_id, address_id, text
                )
                insert into counter (parcel_id, reply_id, address_id, text) select id, reply_id, address_id, text from copy
                """).param("first", first).update();
    }

    @Test
    void waitsForAnAnswerWithoutAStream() {
        var receipt = town.bean(Doors.class).receive("web-chat", inbound("Anybody there?"));
        assertThat(town.bean(Answers.class).await(receipt, Patience.TIME))
                .hasValueSatisfying(answer -> assertThat(answer.text()).isEqualTo("You said: **Anybody there?**"));
    }

    @Test
    void stopsWaitingWhenTheTimeIsOver() {
        var answer = new CompletableFuture<String>();
        town.model().answersBy(request -> answer.join());
        var receipt = town.bean(Doors.class).receive("web-chat", inbound("Quick!"));
        assertThat(town.bean(Answers.class).await(receipt, Duration.ofMillis(50))).isEmpty();
        answer.complete("At last.");
        assertThat(town.bean(Answers.class).await(receipt, Patience.TIME)).isPresent();
    }

    private Tab.Event replyAfter(String last) {
        try (Tab open = tab.another().listens("?after=" + last)) {
            return open.hearsReply();
        }
    }

    private static Inbound inbound(String text) {
        String handle = UUID.randomUUID().toString();
        return Inbound.of("web-chat", "", handle, handle + ":1", text, Instant.now());
    }

    private static String tokens(List<Tab.Event> events) {
        return events.stream().filter(event -> event.is("token")).map(Tab.Event::text).collect(Collectors.joining());
    }

    private static List<String> texts(JsonNode talk) {
        return StreamSupport.stream(talk.get("messages").spliterator(), false).map(entry -> entry.get("text").asText()).toList();
    }
}
