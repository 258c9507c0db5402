package io.serai.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.memory.Found;
import io.serai.memory.Playback;
import io.serai.memory.Search;
import io.serai.message.Arrival;
import io.serai.message.Inbound;
import io.serai.message.Receipt;
import io.serai.message.Standing;
import io.serai.town.ScriptedModel;
import io.serai.town.Town;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two contacts who are merged and parted while somebody speaks, answers, or learns. */
@Tag("database")
class CoupleTest {

    private static final Town TOWN = Town.with(Map.of("serai.profile.extraction", "every-turn", "serai.summary.every", 4, "serai.reflect.workers", 4,
            "serai.contact.policy.web-chat", "pairing"));

    private final String home = "home-" + UUID.randomUUID();
    private final String work = "work-" + UUID.randomUUID();
    private final Merges merges = TOWN.bean(Merges.class);

    @BeforeEach
    void script() {
        TOWN.model().answersBy(CoupleTest::answer);
    }

    @AfterAll
    static void close() {
        TOWN.close();
    }

    private static String answer(ScriptedModel.Request request) {
        return isExtraction(request) ? "{}" : "Well.";
    }

    private static boolean isExtraction(ScriptedModel.Request request) {
        return request.system().startsWith("You keep the file");
    }

    @Test
    void takeInWhatIsSaidWhileTheyAreMerged() {
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        Arrival arrival = arrival(work, "Said in between");
        assertThat(arrival.contact().id()).isEqualTo(merged);

        Receipt receipt = during(() -> merges.merge(kept, merged, "ada"), () -> remember(arrival));

        assertThat(receipt.contact().id()).isEqualTo(kept);
        assertThat(owner("Said in between")).isEqualTo(kept);
        assertThat(receipt.conversation().key()).isEqualTo("main");
        assertThat(TOWN.answer(receipt)).isEqualTo("Well.");
        assertThat(strays(merged)).isZero();
    }

    @Test
    void waitForWhatIsBeingWritten() {
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        Arrival arrival = arrival(work, "Said just before");

        during(() -> remember(arrival), () -> merges.merge(kept, merged, "ada"));

        assertThat(owner("Said just before")).isEqualTo(kept);
        assertThat(strays(merged)).isZero();
    }

    @Test
    void areToldApartByWhatIsSaidWhileTheyPart() {
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        long merge = merges.merge(kept, merged, "ada").id();
        Arrival arrival = arrival(work, "Said in between");
        assertThat(arrival.contact().id()).isEqualTo(kept);

        Receipt receipt = during(() -> merges.undo(merge, "ada"), () -> remember(arrival));

        assertThat(receipt.contact().id()).isEqualTo(merged);
        assertThat(owner("Said in between")).isEqualTo(merged);
        TOWN.answer(receipt);
        assertThat(strays(kept)).isZero();
    }

    @Test
    void beginATalkAsWhoTheyAreThen() {
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        var talk = new Inbound("webhook", "", work, UUID.randomUUID().toString(), null, "Of deal 42", List.of(), null, "deal:42", TOWN.clock().instant(), null);

        Receipt receipt = during(() -> merges.merge(kept, merged, "ada"), () -> TOWN.receives(talk));

        assertThat(receipt.contact().id()).isEqualTo(kept);
        assertThat(strays(merged)).isZero();
    }

    @Test
    void getTheAnswerThatWasBeingWritten() {
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        var thinking = thinks(request -> request.lastUser().contains("<now>") && request.lastUser().contains("Think about it"));

        Receipt asked = says(work, "Think about it");
        thinking.reached();
        merges.merge(kept, merged, "ada");
        thinking.ends();

        assertThat(TOWN.answer(asked)).isEqualTo("Well.");
        assertThat(sql("select reply.contact_id from message asked join message reply on reply.id = asked.answer_id where asked.id = ?", asked.messageId())).containsExactly(kept);
        assertThat(strays(merged)).isZero();
    }

    @Test
    void areAnsweredAnewWhenTheyPart() {
        long kept = hears(home, "/remember the gate code is 4711");
        long merged = hears(work, "Hello from work");
        long merge = merges.merge(kept, merged, "ada").id();
        var thinking = thinks(request -> request.lastUser().contains("<now>") && request.lastUser().contains("Think about it"));

        Receipt asked = says(work, "Think about it");
        thinking.reached();
        merges.undo(merge, "ada");
        thinking.ends();

        assertThat(TOWN.answer(asked)).isEqualTo("Well.");
        assertThat(thinking.seen()).hasSize(2);
        assertThat(thinking.seen().getFirst()).contains("4711");
        assertThat(thinking.seen().getLast()).doesNotContain("4711");
        assertThat(sql("select reply.contact_id from message asked join message reply on reply.id = asked.answer_id where asked.id = ?", asked.messageId())).containsExactly(merged);
        assertThat(strays(kept)).isZero();
    }

    @Test
    void learnAsWhoTheyAreThen() {
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        var thinking = thinks(request -> isExtraction(request) && request.lastUser().contains("Bolt"), "{\"profile\": {\"identity\": {\"company\": \"Bolt\"}}}");

        hears(work, "We are Bolt");
        thinking.reached();
        merges.merge(kept, merged, "ada");
        thinking.ends();

        await().untilAsserted(() -> assertThat(facts(kept)).containsExactly("Bolt"));
        await().until(() -> recalls(kept, "Bolt").contains("We are Bolt"));
        assertThat(strays(merged)).isZero();
    }

    @Test
    void learnNothingOfEachOtherOnceTheyPart() {
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        long merge = merges.merge(kept, merged, "ada").id();
        var thinking = thinks(request -> isExtraction(request) && request.lastUser().contains("Bolt"), "{\"profile\": {\"identity\": {\"company\": \"Bolt\"}}}");

        hears(work, "We are Bolt");
        thinking.reached();
        merges.undo(merge, "ada");
        thinking.ends();

        await().untilAsserted(() -> assertThat(facts(merged)).containsExactly("Bolt"));
        assertThat(facts(kept)).isEmpty();
        assertThat(strays(kept)).isZero();
    }

    @Test
    void findAgainWhatEachOfThemSaid() {
        long kept = hears(home, "Our cat is called Tom");
        long merged = hears(work, "We sell pumps");
        recalled(kept, "Our cat is called Tom");
        long merge = merges.merge(kept, merged, "ada").id();
        hears(work, "The blue pump costs 900 euros");
        hears(home, "The red cat costs nothing");
        recalled(kept, "The red cat costs nothing");

        merges.undo(merge, "ada");

        assertThat(recalls(merged, "the blue pump")).startsWith("The blue pump costs 900 euros").doesNotContain("The red cat costs nothing");
        assertThat(recalls(kept, "the red cat")).startsWith("The red cat costs nothing").doesNotContain("The blue pump costs 900 euros");
        assertThat(found(merged, "euros")).filteredOn(found -> found.text().contains("900")).singleElement().satisfies(found -> {
            assertThat(found.words()).as("by words too").contains("euro");
            assertThat(sql("select conversation_id from message where id = ?", found.message())).containsExactly(found.conversation());
        });
        assertThat(strays(kept) + strays(merged)).isZero();
    }

    @Test
    void areFoundWhereWhatTheySaidIsByThen() {
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        long merge = merges.merge(kept, merged, "ada").id();
        Receipt said = says(work, "The blue pump costs 900 euros");
        TOWN.answer(said);
        recalled(kept, "The blue pump costs 900 euros");
        var reply = TOWN.bean(Playback.class).reply(null, sql("select answer_id from message where id = ?", said.messageId()).getFirst()).orElseThrow();
        TOWN.sql().sql("delete from recollection where message_id = ?").param(said.messageId()).update();
        TOWN.sql().sql("delete from recollection where message_id = ?").param(reply.id()).update();

        during(() -> merges.undo(merge, "ada"), () -> TOWN.bean(ProducerTemplate.class).requestBody("bean:embed", reply));

        assertThat(recalls(merged, "the blue pump")).contains("The blue pump costs 900 euros");
        assertThat(strays(kept) + strays(merged)).isZero();
    }

    @Test
    void bringTheirNamesAlong() {
        long kept = named(home, "Ann Bell", "Hello from home");
        long merged = named(work, "Carl Dorn", "Hello from work");
        await().until(() -> names(merged).equals(List.of("Carl Dorn")) && names(kept).equals(List.of("Ann Bell")));
        long merge = merges.merge(kept, merged, "ada").id();
        assertThat(names(kept)).containsExactly("Ann Bell", "Carl Dorn");
        assertThat(names(merged)).isEmpty();
        merges.undo(merge, "ada");
        assertThat(names(kept)).containsExactly("Ann Bell");
        assertThat(names(merged)).containsExactly("Carl Dorn");
    }

    /** Whoever reads a talk reads on from where they were; what waited at the door stood before that. */
    @Test
    void areKnownByWhatTheySaidAtTheDoor() {
        lessons("Acme", "Bolt");
        long kept = hears(home, "We are Acme");
        await().until(() -> facts(kept).equals(List.of("Acme")));
        Receipt stranger = knocks(work, "Hello from work");
        long merge = merges.merge(kept, stranger.contact().id(), "ada").id();
        Receipt waits = knocks(work, "We are Bolt");
        hears(home, "How is the weather?");
        recalled(kept, "How is the weather?");
        assertThat(facts(kept)).containsExactly("Acme");

        TOWN.bean(Strangers.class).decide(waits.address().id(), Standing.ADMITTED, "ada");

        assertThat(TOWN.answer(stranger)).isEqualTo("Well.");
        assertThat(TOWN.answer(waits)).isEqualTo("Well.");
        recalled(kept, "We are Bolt");
        recalled(kept, "Hello from work");
        await().until(() -> facts(kept).equals(List.of("Bolt")));
        merges.undo(merge, "ada");
        assertThat(texts("select text from message where contact_id = ? and role = 'user' order by id", stranger.contact().id()))
                .containsExactly("Hello from work", "We are Bolt");
        assertThat(strays(kept) + strays(stranger.contact().id())).isZero();
    }

    /** What both said is known of both, each by their own words. */
    @Test
    void keepWhatTheySaidAgainThemselves() {
        lessons("Acme");
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        long merge = merges.merge(kept, merged, "ada").id();
        hears(work, "We are Acme");
        await().until(() -> facts(kept).equals(List.of("Acme")));
        hears(home, "As I said: We are Acme");
        await().until(() -> !sql("select again_id from profile_fact where contact_id = ? and again_id is not null", kept).isEmpty());
        merges.undo(merge, "ada");
        assertThat(facts(kept)).containsExactly("Acme");
        assertThat(facts(merged)).containsExactly("Acme");
        assertThat(strays(kept) + strays(merged)).isZero();
        assertThat(sql("select again_id from profile_fact where contact_id in (?, ?) and again_id is not null", kept, merged)).isEmpty();
    }

    @Test
    void neverWaitForWhoWaitsForThem() throws Exception {
        long kept = hears(home, "Hello from home");
        Receipt said = says(work, "Hello from work");
        long merged = answered(said);
        var holding = new TransactionTemplate(TOWN.bean(PlatformTransactionManager.class));
        var together = CompletableFuture.runAsync(() -> IntStream.range(0, 40)
                .forEach(round -> merges.undo(merges.merge(kept, merged, "ada").id(), "ada")));
        while (!together.isDone()) {
            assertThat(holding.<Boolean>execute(begun -> TOWN.bean(Owners.class).hold(said.conversation().id(), List.of()).isPresent())).isTrue();
        }
        together.get();
        assertThat(strays(kept) + strays(merged)).isZero();
    }

    @Test
    void lendANameToWhoHasNone() {
        long kept = hears(home, "Hello from home");
        long merged = named(work, "Carl Dorn", "Hello from work");
        long merge = merges.merge(kept, merged, "ada").id();
        assertThat(texts("select name from contact where id = ?", kept)).containsExactly("Carl Dorn");
        merges.undo(merge, "ada");
        assertThat(texts("select coalesce(name, 'nobody') from contact where id in (?, ?) order by id", kept, merged)).containsExactly("nobody", "Carl Dorn");
    }

    /** What was told in short of both is told anew of each; what the one changed in the other's profile is as it was. */
    @Test
    void areNotDescribedByWhatTheOtherSaid() {
        lessons("Acme", "Bolt", "Cork");
        long kept = hears(home, "We are Acme");
        await().until(() -> facts(kept).equals(List.of("Acme")));
        long merged = hears(work, "We are Bolt");
        await().until(() -> facts(merged).equals(List.of("Bolt")));
        long merge = merges.merge(kept, merged, "ada").id();
        assertThat(facts(kept)).containsExactly("Acme");
        hears(work, "We are Cork now, and the secret is 4711");
        await().until(() -> facts(kept).equals(List.of("Cork")));
        hears(home, "How is the weather?");
        await().until(() -> summaries(kept).stream().anyMatch(text -> text.contains("4711")));

        TOWN.sql().sql("""
                insert into snapshot (day, contact_id, stage, hot, quotes, pending, overdue, profile, line)
                values (current_date, :kept, 'qualifying', false, 0, 0, 0, '{}', 'Cork'), (current_date - 3, :kept, 'qualifying', false, 0, 0, 0, '{}', 'Acme')
                """).param("kept", kept).update();

        merges.undo(merge, "ada");

        assertThat(texts("select line from snapshot where contact_id = ?", kept)).containsExactly("Acme");
        assertThat(summaries(kept)).isEmpty();
        assertThat(facts(kept)).containsExactly("Acme");
        assertThat(facts(merged)).containsExactly("Cork");
        assertThat(sql("select id from profile_change where contact_id in (?, ?)", kept, merged)).isEmpty();
        for (int turn = 0; turn < 2; turn++) {
            hears(home, "And what about tomorrow?");
            hears(work, "Go on");
        }
        await().until(() -> !summaries(kept).isEmpty() && !summaries(merged).isEmpty());
        assertThat(summaries(kept)).noneMatch(text -> text.contains("4711"));
        assertThat(summaries(merged)).anyMatch(text -> text.contains("4711"));
    }

    /** A sentence is quoted by the last summary that has it alone: when this is unmade, by the one before. */
    @Test
    void areStillQuotedWhenWhatWasToldInShortOfBothIsUnmade() {
        long kept = hears(home, "Our code is 4711");
        hears(home, "The other one is 4712");
        await().until(() -> summaries(kept).size() == 1);
        long merged = hears(work, "Hello from work");
        long merge = merges.merge(kept, merged, "ada").id();
        hears(work, "Ours is 4713");
        hears(home, "How is the weather?");
        await().until(() -> summaries(kept).stream().anyMatch(text -> text.contains("4713")));
        assertThat(summaries(kept)).filteredOn(text -> text.contains("4711")).hasSize(1);

        merges.undo(merge, "ada");

        assertThat(summaries(kept)).singleElement().asString().contains("4711", "4712").doesNotContain("4713");
    }

    /** What is ordered from the one channel waits behind what was asked from the other: each is answered where it was said. */
    @Test
    void areAnsweredWhereTheyAskedWhenTheOtherOneOrders() {
        long kept = hears(home, "Hello from home");
        merges.merge(kept, hears(work, "Hello from work"), "ada");
        var thinking = thinks(request -> request.lastUser().contains("<now>") && request.lastUser().contains("Think about it"));
        says(home, "Think about it");
        thinking.reached();
        Receipt asked = says(home, "Where is it?");
        Receipt ordered = says(work, "/new");
        thinking.ends();

        assertThat(TOWN.answer(asked)).isEqualTo("Well.");
        assertThat(TOWN.answer(ordered)).startsWith("We start over");
        assertThat(answeredTo(asked)).containsExactly(home);
        assertThat(answeredTo(ordered)).containsExactly(work);
    }

    /** What was taken out of the one's profile says nothing against what is known of the other, unless it is the same. */
    @Test
    void knowWhatOnlyOneOfThemHadTakenOut() {
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        known(kept, "identity.company", "Acme", "ada");
        known(merged, "identity.company", "Bolt", null);
        known(kept, "identity.name", "Ann", "ada");
        known(merged, "identity.name", "ann", null);
        known(kept, "identity.role", "buyer", null);
        known(merged, "identity.role", "seller", null);

        long merge = merges.merge(kept, merged, "ada").id();

        assertThat(facts(kept)).containsExactlyInAnyOrder("Bolt", "buyer");
        merges.undo(merge, "ada");
        assertThat(facts(kept)).containsExactly("buyer");
        assertThat(facts(merged)).containsExactlyInAnyOrder("Bolt", "ann", "seller");
    }

    /** Beside what the other one knows, too: who somebody is, is wrong for good once it was taken out. */
    @Test
    void learnNothingAnewThatEitherHadTakenOut() {
        lessons("Bolt", "Cork");
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        known(kept, "identity.company", "Acme", null);
        known(merged, "identity.company", "Bolt", "ada");
        long merge = merges.merge(kept, merged, "ada").id();

        Receipt said = says(work, "We are Bolt");
        TOWN.answer(said);
        await().until(() -> !sql("select learned_to from study where conversation_id = ? and learned_to >= ?", said.conversation().id(), said.messageId()).isEmpty());
        assertThat(facts(kept)).containsExactly("Acme");
        hears(work, "We are Cork");
        await().untilAsserted(() -> assertThat(facts(kept)).as("what is new").containsExactly("Cork"));

        merges.undo(merge, "ada");
        assertThat(facts(merged)).containsExactly("Cork");
        assertThat(texts("select value from profile_fact where contact_id = ? and deleted_by is not null", merged)).containsExactly("Bolt");
    }

    @Test
    void keepWhatTheySaidThoughTheOtherOneHadTakenItOut() {
        long kept = hears(home, "Hello from home");
        long merged = hears(work, "Hello from work");
        known(kept, "bant.budget", "50 000", null);
        known(merged, "bant.budget", "40 000", "ada");
        TOWN.sql().sql("update profile_fact set deleted_at = now() - interval '1 day' where contact_id = ?").param(merged).update();
        long merge = merges.merge(kept, merged, "ada").id();
        TOWN.model().answersBy(request -> isExtraction(request) ? "{\"profile\": {\"bant\": {\"budget\": \"40 000\"}}}" : answer(request));
        hears(home, "Our budget is 40 000");
        await().untilAsserted(() -> assertThat(facts(kept)).containsExactly("40 000"));

        merges.undo(merge, "ada");

        assertThat(facts(kept)).containsExactly("40 000");
        assertThat(facts(merged)).isEmpty();
        assertThat(strays(kept) + strays(merged)).isZero();
    }

    @Test
    void keepWhatTheySaidInATalkThatGoesBack() {
        Receipt begun = speaksOf(work, "deal:42", "Hello from work");
        long kept = hears(home, "Hello from home");
        long merged = answered(begun);
        long merge = merges.merge(kept, merged, "ada").id();
        Receipt said = speaksOf(home, "deal:42", "The secret is 4711");
        assertThat(said.conversation().id()).isEqualTo(begun.conversation().id());
        TOWN.answer(said);
        TOWN.answer(speaksOf(work, "deal:42", "The pump is blue"));
        recalled(kept, "The secret is 4711");
        recalled(kept, "The pump is blue");

        merges.undo(merge, "ada");

        assertThat(owner("The secret is 4711")).isEqualTo(kept);
        assertThat(owner("The pump is blue")).isEqualTo(merged);
        assertThat(recalls(merged, "the secret 4711")).doesNotContain("The secret is 4711");
        assertThat(recalls(merged, "the blue pump")).contains("The pump is blue");
        assertThat(recalls(kept, "the secret 4711")).contains("The secret is 4711");
        assertThat(recalls(kept, "the blue pump")).doesNotContain("The pump is blue");
        assertThat(texts("select key from conversation join message on conversation.id = conversation_id where text = ? and conversation.contact_id = ?",
                "The secret is 4711", kept)).containsExactly("deal:42");
        assertThat(strays(kept) + strays(merged)).isZero();
    }

    /** The extraction finds the company that was named last; the summary holds every figure anyway. */
    private static void lessons(String... companies) {
        TOWN.model().answersBy(request -> {
            String said = request.lastUser();
            return !isExtraction(request) ? answer(request) : List.of(companies).stream()
                    .filter(company -> said.contains("We are " + company))
                    .reduce((one, later) -> later)
                    .map(company -> "{\"profile\": {\"identity\": {\"company\": \"" + company + "\"}}}")
                    .orElse("{}");
        });
    }

    /** What the model is asked once while it waits. */
    private record Thinking(CountDownLatch began, CountDownLatch over, List<String> seen) {

        void reached() {
            pass(began);
        }

        void ends() {
            over.countDown();
        }

        private static void pass(CountDownLatch latch) {
            try {
                assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException woken) {
                throw new IllegalStateException(woken);
            }
        }
    }

    private static Thinking thinks(Predicate<ScriptedModel.Request> of) {
        return thinks(of, "Well.");
    }

    private static Thinking thinks(Predicate<ScriptedModel.Request> of, String result) {
        var thinking = new Thinking(new CountDownLatch(1), new CountDownLatch(1), new ArrayList<>());
        TOWN.model().answersBy(request -> {
            if (!of.test(request)) {
                return answer(request);
            }
            thinking.seen().add(request.json().toString());
            thinking.began().countDown();
            Thinking.pass(thinking.over());
            return result;
        });
        return thinking;
    }

    /** Does one thing in a transaction, which ends once the other has begun and waits. */
    private static <T> T during(Supplier<?> first, Supplier<T> second) {
        return new TransactionTemplate(TOWN.bean(PlatformTransactionManager.class)).execute(status -> {
            first.get();
            var waiting = CompletableFuture.supplyAsync(second);
            await().until(() -> waiting.isDone() || TOWN.isAnybodyLockedOut());
            return waiting;
        }).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Inbound inbound(String handle, String text) {
        return Inbound.of("webhook", "", handle, UUID.randomUUID().toString(), text, TOWN.clock().instant());
    }

    private static Arrival arrival(String handle, String text) {
        var camel = TOWN.bean(ProducerTemplate.class);
        return camel.requestBody("bean:gate", camel.requestBody("bean:identify", inbound(handle, text)), Arrival.class);
    }

    private static Receipt remember(Arrival arrival) {
        return TOWN.bean(ProducerTemplate.class).requestBody("bean:remember", arrival, Receipt.class);
    }

    private static Receipt says(String handle, String text) {
        return TOWN.receives(inbound(handle, text));
    }

    /** Where strangers wait for a decision. */
    private static Receipt knocks(String handle, String text) {
        Receipt waits = TOWN.receives(Inbound.of("web-chat", "", handle, UUID.randomUUID().toString(), text, TOWN.clock().instant()));
        assertThat(waits.verdict().isWaiting()).isTrue();
        return waits;
    }

    private static Receipt speaksOf(String handle, String talk, String text) {
        return TOWN.receives(new Inbound("webhook", "", handle, UUID.randomUUID().toString(), null, text, List.of(), null, talk, TOWN.clock().instant(), null));
    }

    private static List<String> answeredTo(Receipt said) {
        return texts("select handle from message said join message reply on reply.id = said.answer_id join address on address.id = reply.address_id where said.id = ?",
                said.messageId());
    }

    private static void known(long contact, String path, String value, String deletedBy) {
        TOWN.sql().sql("insert into profile_fact (contact_id, path, value, told_by, learned_at, deleted_by) values (?, ?, ?, 'operator', now(), ?)")
                .params(contact, path, value, deletedBy)
                .update();
    }

    private static long hears(String handle, String text) {
        return answered(says(handle, text));
    }

    private static long named(String handle, String name, String text) {
        return answered(TOWN.receives(new Inbound("webhook", "", handle, UUID.randomUUID().toString(), name, text, List.of(), null, null, TOWN.clock().instant(), null)));
    }

    private static long answered(Receipt said) {
        TOWN.answer(said);
        return said.contact().id();
    }

    private long owner(String text) {
        return sql("select message.contact_id from message join address on address.id = address_id where text = ? and handle in (?, ?)", text, home, work).getFirst();
    }

    /** Rows of which contact, conversation and message do not agree about whose they are. */
    private static long strays(long contact) {
        return sql("""
                select count(*) from (
                    select 1 from message join conversation on conversation.id = conversation_id join address on address.id = address_id
                    where ? in (message.contact_id, conversation.contact_id)
                      and (message.contact_id <> conversation.contact_id or message.contact_id <> address.contact_id)
                    union all
                    select 1 from recollection join message on message.id = message_id
                    where ? in (recollection.contact_id, message.contact_id)
                      and (recollection.contact_id, recollection.conversation_id) <> (message.contact_id, message.conversation_id)
                    union all
                    select 1 from profile_fact join message on message.id = message_id where profile_fact.contact_id = ? and message.contact_id <> ?
                    union all
                    select 1 from contact join message on contact.id = contact_id where contact.id = ? and merged_into is not null
                ) as stray
                """, contact, contact, contact, contact, contact).getFirst();
    }

    private static List<String> facts(long contact) {
        return texts("select value from profile_fact where contact_id = ? and deleted_by is null order by id", contact);
    }

    private static List<String> summaries(long contact) {
        return texts("select text || verbatim from summary where contact_id = ? order by id", contact);
    }

    private static List<String> names(long contact) {
        return texts("select name from speaker where contact_id = ? order by name", contact);
    }

    private static void recalled(long contact, String text) {
        await().until(() -> texts("select text from message join recollection on id = message_id where recollection.contact_id = ?", contact).contains(text));
    }

    private static List<String> recalls(long contact, String question) {
        return found(contact, question).stream().map(Found::text).toList();
    }

    private static List<Found> found(long contact, String question) {
        return TOWN.bean(Search.class).search(TOWN.bean(Contacts.class).find(contact).orElseThrow(), question, 20);
    }

    private static List<Long> sql(String query, Object... values) {
        return TOWN.sql().sql(query).params(values).query(Long.class).list();
    }

    private static List<String> texts(String query, Object... values) {
        return TOWN.sql().sql(query).params(values).query(String.class).list();
    }
}
