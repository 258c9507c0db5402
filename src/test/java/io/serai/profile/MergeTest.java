package io.serai.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Message;
import io.serai.message.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules by which a profile grows. */
class MergeTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Shape shape = shape();

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // path,                 before,        claimed,       after,        is a change recorded
        "identity.company,       -,             Acme,          Acme,         false",
        "identity.company,       Acme,          ' acme ',      Acme,         false",
        "identity.company,       Acme,          Bolt Ltd,      Bolt Ltd,     true",
        "product_interest.quantity, 1 000 units, 200,          200,          true",
        "next_step,              call them,     send a quote,  send a quote, false",
        "stage,                  -,             pitched,       pitched,      false",
        "stage,                  qualifying,    negotiation,   negotiation,  true",
        "stage,                  negotiation,   qualifying,    negotiation,  false",
        "stage,                  closed_won,    closed_lost,   closed_won,   false",
    })
    void overridesAScalarAndRecordsTheChange(String path, String before, String claimed, String after, boolean recorded) {
        List<Merge.Fact> known = before == null ? List.of() : List.of(fact(1, path, before));
        Merge merge = Merge.of(known, List.of(at(10, path, claimed.strip())), false, shape);
        String held = merge.added().isEmpty() ? before : merge.added().getFirst().claim().value();
        assertThat(held).isEqualTo(after);
        assertThat(merge.changes()).hasSize(recorded ? 1 : 0).allSatisfy(change -> assertThat(change).isEqualTo(new Merge.Change(path, before, after, 10)));
    }

    @ParameterizedTest
    @CsvSource({
        "first_contact, qualifying,   false, true",
        "qualifying,    first_contact,false, false",
        "negotiation,   negotiation,  false, false",
        "negotiation,   closed_lost,  false, true",
        "closed_won,    closed_lost,  false, false",
        "closed_won,    closed_lost,  true,  true",
        "dormant,       closed_lost,  true,  true",
        "proposal,      qualifying,   false, true",
        "pitched,       dormant,      false, false",
    })
    void letsAStageGoForwardOnlyUnlessTheyLostInterest(String before, String next, boolean lostInterest, boolean may) {
        assertThat(shape.stage().mayFollow(next, before, lostInterest)).isEqualTo(may);
    }

    @Test
    void goesByTheStagesOfTheSchema() {
        var edited = shape(text -> text.replace("\"pitched\", ", "\"pitched\", \"proposal\", "));
        assertThat(edited.stage().mayFollow("proposal", "pitched", false)).isTrue();
        assertThat(edited.stage().mayFollow("pitched", "proposal", false)).isFalse();
        assertThat(edited.stage().mayFollow("negotiation", "proposal", false)).isTrue();
        assertThat(Stage.marketing("proposal")).isEmpty();
        assertThat(Stage.marketing("pitched")).contains("consideration");
    }

    @Test
    void appendsToListsWithoutDuplicates() {
        var known = List.of(fact(1, "pain_points[]", "Late deliveries"));
        var noise = at(10, "pain_points[]", "Noise");
        Merge merge = Merge.of(known, List.of(at(10, "pain_points[]", "late  deliveries"), noise, at(10, "pain_points[]", "noise")), false, shape);
        assertThat(merge.added()).containsExactly(noise);
        assertThat(merge.replaced()).isEmpty();
    }

    @Test
    void keepsOfAListWhatWasSaidLast() {
        var known = IntStream.range(0, 40).mapToObj(minute -> new Merge.Fact(minute, "key_facts[]", "Fact " + minute, null, minute(minute), null)).toList();
        var noise = at(50, "key_facts[]", "Noise");
        Merge merge = Merge.of(known, List.of(at(50, "key_facts[]", "fact  0"), noise), false, shape);
        assertThat(merge.added()).containsExactly(noise);
        assertThat(merge.replaced()).as("the first was said again").containsExactly(known.get(1));
        assertThat(merge.changes()).isEmpty();
        Merge late = Merge.of(known.subList(1, 40), List.of(noise, at(0, "key_facts[]", "Said long ago")), false, shape);
        assertThat(late.added()).containsExactly(noise);
        assertThat(late.replaced()).isEmpty();
    }

    @Test
    void keepsAllThatIsKnownOfTheProductsThatWereSpokenOfLast() {
        var known = new ArrayList<Merge.Fact>();
        for (int number = 0; number < 20; number++) {
            for (String of : List.of("name", "moq", "quotes_sent[]")) {
                known.add(new Merge.Fact(known.size(), "product_interest.products[pump %d].%s".formatted(number, of), "Pump " + number, null, minute(number), null));
            }
        }
        var gone = gone(99, "product_interest.products[pump 1].specs", "blue", 5);
        known.add(gone);
        var moq = at(50, "product_interest.products[pump 0].moq", "7");
        var quote = at(50, "product_interest.products[new].quotes_sent[]", "Q-7");
        Merge merge = Merge.of(known, List.of(moq, at(50, "product_interest.products[new].name", "New"), quote), false, shape);
        assertThat(merge.added()).hasSize(3).contains(moq, quote);
        assertThat(merge.replaced()).extracting(Merge.Fact::path).containsExactlyInAnyOrder("product_interest.products[pump 0].moq",
                "product_interest.products[pump 1].name", "product_interest.products[pump 1].moq", "product_interest.products[pump 1].quotes_sent[]");
    }

    @Test
    void doesNotBringBackWhatAnOperatorTookOut() {
        var known = List.of(gone(1, "identity.company", "Acne", 5), fact(2, "identity.company", "Acme"), gone(3, "key_facts[]", "Is rich", 5));
        Merge merge = Merge.of(known, List.of(at(10, "identity.company", "acne"), at(10, "key_facts[]", "is rich")), false, shape);
        assertThat(merge.added()).isEmpty();
        assertThat(Merge.of(known, List.of(at(10, "identity.company", "Bolt")), false, shape).changes())
                .containsExactly(new Merge.Change("identity.company", "Acme", "Bolt", 10));
    }

    @ParameterizedTest
    @CsvSource({
        // what somebody took out in minute 5,     is claimed in minute,  and holds again
        "human_escalation_needed,              true,          4,  false",
        "human_escalation_needed,              true,          6,  true",
        "stage,                                negotiation,   5,  false",
        "stage,                                negotiation,   6,  true",
        "next_step,                            send a quote,  6,  true",
        "objections[too expensive].resolved,   true,          6,  true",
        "identity.name,                        Ada,           6,  false",
        "identity.phone,                       +49 30 1234,   6,  false",
        "bant.budget,                          9 euros,       4,  false",
        "bant.budget,                          9 euros,       5,  false",
        "bant.budget,                          9 euros,       6,  true",
        "bant.timeline,                        in March,      6,  true",
        "product_interest.quantity,            200,           6,  true",
        "product_interest.products[pump].moq,  20,            6,  true",
        "product_interest.products[pump].name, Pump,          6,  false",
        "objections[slow].objection,           slow,          6,  false",
        "pain_points[],                        noise,         6,  false",
    })
    void letsBeAgainWhatMayChange(String path, String value, int minute, boolean again) {
        Merge merge = Merge.of(List.of(gone(1, path, value, 5)), List.of(at(minute, path, value)), false, shape);
        assertThat(merge.added()).hasSize(again ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        // said in minute, known since minute, wins
        "4, 5, false",
        "5, 5, true",
        "6, 5, true",
    })
    void letsTheLaterWordWinWhicheverIsReadFirst(int minute, int known, boolean wins) {
        var fact = new Merge.Fact(1, "product_interest.quantity", "200", 1L, minute(known), null);
        Merge merge = Merge.of(List.of(fact), List.of(at(minute, "product_interest.quantity", "1 000")), false, shape);
        assertThat(merge.changes()).hasSize(wins ? 1 : 0);
        assertThat(Merge.of(List.of(fact), List.of(at(minute, "key_facts[]", "1 000")), false, shape).added()).as("a list takes both").hasSize(1);
    }

    /** What is said again is as new as what is said for the first time, and no change. */
    @ParameterizedTest
    @CsvSource({
        "4, false",
        "5, true",
        "6, true",
    })
    void knowsWhatWasSaidAgainFromTheLaterMessage(int minute, boolean later) {
        var fact = new Merge.Fact(1, "product_interest.quantity", "200", 1L, minute(5), null);
        Merge merge = Merge.of(List.of(fact), List.of(at(minute, "product_interest.quantity", "200")), false, shape);
        assertThat(merge.repeated()).isEqualTo(later ? List.of(new Merge.Repeated(1, 10)) : List.of());
        assertThat(merge.added()).isEmpty();
        assertThat(merge.changes()).isEmpty();
        assertThat(Merge.of(List.of(gone(1, "bant.budget", "9 euros", 5)), List.of(at(minute, "bant.budget", "9 euros")), false, shape).repeated())
                .as("what was taken out is said anew, not again").isEmpty();
    }

    @Test
    void knowsAnObjectOfAListByWhatIsRequiredOfIt() throws IOException {
        var profile = JSON.readTree("""
                {"objections": [{"objection": "Too  expensive.", "resolved": true}], "pain_points": ["noise", ""], "bant": {"budget": null, "need": " "}}""");
        assertThat(Claims.of(Claims.pruned(profile), shape.schema())).containsExactly(
                new Claim("objections[too expensive].objection", "Too  expensive."),
                new Claim("objections[too expensive].resolved", "true"),
                new Claim("pain_points[]", "noise"));
    }

    @Test
    void knowsWhatIsSaidOfEachProduct() throws IOException {
        var profile = JSON.readTree("""
                {"product_interest": {"products": [{"name": "Pump B", "price_range": "400", "samples_requested": true, "quotes_sent": ["Q-7"]}]}}""");
        List<Claim> claims = Claims.of(profile, shape.schema());
        assertThat(claims).contains(new Claim("product_interest.products[pump b].price_range", "400"), new Claim("product_interest.products[pump b].quotes_sent[]", "Q-7"))
                .allSatisfy(claim -> assertThat(shape.complaints(claim.path(), claim.value())).isEmpty());
        var known = List.of(fact(1, "product_interest.products[pump a].price_range", "900"), fact(2, "product_interest.price_range", "900"));
        Merge merge = Merge.of(known, claims.stream().map(claim -> at(10, claim.path(), claim.value())).toList(), false, shape);
        assertThat(merge.changes()).as("the price of the one says nothing of the other").isEmpty();
        assertThat(merge.added()).hasSize(4);
        assertThat(shape.complaints("product_interest.price_range", "900")).as("a fact of an older schema").containsExactly("the schema knows it no longer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "identity.company          | Acme                    | 1",
        "identity.company          | Acme Holding            | -",
        "bant.budget               | $40,000                 | 1",
        "bant.budget               | 40000 dollars           | 1",
        "bant.budget               | $50,000                 | -",
        "bant.budget               | 30 %                    | -",
        "pain_points[]             | deliveries are too late | 3",
        "pain_points[]             | bad breath              | -",
        "product_interest.products[pump].price_range | 900 euros | 2",
        "identity.name             | Serai                   | -",
    })
    void takesOnlyWhatWasSaid(String path, String value, Long source) {
        var explicit = new Explicit(List.of(said(1, Role.USER, "We are Acme, our budget is $40,000"), said(2, Role.ASSISTANT, "I am Serai. It costs 900 euros, 30 % off"),
                said(3, Role.USER, "Your delivery always comes late")));
        assertThat(explicit.said(new Claim(path, value), false).map(Message::id)).isEqualTo(java.util.Optional.ofNullable(source));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "commitment       | send the samples               | Thank you for the message.             | false",
        "commitment       | send you the samples with this | Will that be all? You have this.       | false",
        "commitment       | send the samples               | Here is the sample.                    | true",
        "commitment       | die Muster schicken            | Vielen Dank für die Nachricht.         | false",
        "commitment       | die Muster schicken            | Wir schicken sie.                      | true",
        "commitment       | envoyer les échantillons       | Merci pour les nouvelles.              | false",
        "commitment       | enviar las muestras            | Gracias por las noticias.              | false",
        "key_facts[]      | uses SAP for this              | Our ERP is SAP                         | true",
        "key_facts[]      | owns a dog                     | The dog is mine                        | true",
        "bant.need        | the pump with all of that      | What is this, and who are you with?    | false",
        "bant.authority   | they will                      | Yes, they will.                        | true",
        "identity.company | The Who                        | We are the best                        | false",
        "identity.company | The Who                        | We are The Who                         | true",
    })
    void takesNoWordThatEverySentenceHasForSaid(String path, String value, String text, boolean said) {
        assertThat(new Explicit(List.of(said(1, Role.USER, text))).said(new Claim(path, value), false)).matches(found -> found.isPresent() == said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "identity.name    | Bo       | Hello there                    | false",
        "identity.name    | Bo       | I am Bo, hello                 | true",
        "identity.name    | Bo       | Our robot is broken            | false",
        "identity.name    | Jo Li    | this is jo  li speaking        | true",
        "identity.name    | Jo Li    | this is Jo                     | false",
        "identity.company | HP       | We are HP.                     | true",
        "identity.company | HP       | We are Acme                    | false",
        "identity.name    | 王伟     | 我叫王伟                        | true",
        "identity.name    | 王伟     | 我叫李明                        | false",
        "identity.name    | 李       | 我姓李                          | true",
        "identity.name    | 김민수   | 저는 김민수입니다                | true",
        "identity.name    | สมชาย    | ผมชื่อสมชายครับ                  | true",
        "identity.company | 北京大学 | 我在北京工作                     | false",
        "pain_points[]    | 交货太慢 | 你们的交货太慢了                 | true",
        "pain_points[]    | 交货太慢 | 价格很好                        | false",
    })
    void takesShortNamesAndThoseOfAnyScriptOnlyFromWhoSaysThem(String path, String value, String text, boolean said) {
        assertThat(new Explicit(List.of(said(1, Role.USER, text))).said(new Claim(path, value), false)).matches(found -> found.isPresent() == said);
    }

    private static Merge.Fact fact(long id, String path, String value) {
        return new Merge.Fact(id, path, value, id, minute(0), null);
    }

    private static Merge.Fact gone(long id, String path, String value, int minute) {
        return new Merge.Fact(id, path, value, id, minute(0), minute(minute));
    }

    /** What is claimed by message 10. */
    private static Merge.Said at(int minute, String path, String value) {
        return new Merge.Said(new Claim(path, value), new Message(10, Role.USER, value, List.of(), minute(minute).toInstant()));
    }

    private static OffsetDateTime minute(int minute) {
        return OffsetDateTime.of(2026, 11, 21, 10, minute, 0, 0, ZoneOffset.UTC);
    }

    private static Message said(long id, Role role, String text) {
        return new Message(id, role, text, List.of(), Instant.EPOCH);
    }

    static Shape shape() {
        return shape(text -> text);
    }

    private static Shape shape(UnaryOperator<String> edit) {
        try {
            return new Shape(JSON.readTree(edit.apply(Files.readString(Path.of("memory/profile.schema.json")))));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
