package io.serai.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.message.Contact;
import io.serai.message.Digest;
import io.serai.message.Message;
import io.serai.message.Reading;
import io.serai.message.Role;
import io.serai.profile.Figures;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a summary keeps word for word. */
class VerbatimTest {

    private static final Contact CONTACT = new Contact(1, "Ada", ZoneOffset.UTC);
    private static final List<String> TALK = List.of("300 units", "30 days", "$200", "200 units", "2026-03-03", "3 March", "on 3 March 2027", "PO-4711", "#881", "12 %",
            "12 pieces", "10:30", "ada@example.org", "+49 170 1234567", "two hundred", "1 000 000", "1.000,50 EUR", "40k", "٢٠٠", "２００個", "5-5", "3.3.26", "well",
            "and so on", "x".repeat(300), "word ".repeat(60).strip(), ". Then", "?\n", "-", "900元");

    private final Verbatim verbatim = new Verbatim((list, text) -> text.contains(list.equals("decisions") ? "my boss" : "I'll"));

    @Test
    void losesNoFigureOfWhateverIsSaid() {
        var random = new Random(42);
        for (int round = 0; round < 400; round++) {
            List<Message> said = new ArrayList<>();
            for (int id = 1; id <= 4; id++) {
                said.add(message(id, id % 2 == 0 ? Role.ASSISTANT : Role.USER, text(random)));
            }
            String prose = text(random);
            Digest first = digest("", List.of(), said.subList(0, 2));
            Digest second = digest(prose, verbatim.of(first, prose, true), said.subList(2, 4));
            String summary = "Hm, 99.";
            assertThat(told(summary, verbatim.of(second, summary, true))).containsAll(figures(said));
        }
    }

    private static String text(Random random) {
        return String.join(random.nextBoolean() ? " " : ", ", random.ints(random.nextInt(12), 0, TALK.size()).mapToObj(TALK::get).toList());
    }

    private static Set<String> told(String prose, List<Digest.Kept> kept) {
        Set<String> told = Figures.toldBy(prose);
        kept.forEach(one -> told.addAll(Figures.toldBy(one.text())));
        return told;
    }

    private static List<String> figures(List<Message> said) {
        return said.stream().flatMap(message -> Verbatim.sentences(message.text()).stream()).flatMap(sentence -> Figures.of(sentence).stream()).toList();
    }

    @Test
    void quotesAFigureWhereItStandsAndNotWithinAnother() {
        String text = "It is 300 units " + "of this and that ".repeat(15) + "within 30 days";
        assertThat(texts(digest("", List.of(), List.of(message(1, Role.USER, text))), "300")).singleElement().asString().contains("30 days");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Do you ship to Norway? | Well.                                  | true",
        "Do you ship to Norway? | Yes, we ship to Norway within a week.  | false",
        "What does a pump cost? | It is a great pump.                    | true",
        "What does a pump cost? | A pump costs little.                   | false",
        "你们送货到挪威吗？      | 好的                                    | true",
        "你们送货到挪威吗？      | 我们送货到挪威                           | false",
    })
    void keepsAQuestionUntilItIsAnswered(String question, String answer, boolean open) {
        List<Message> said = List.of(message(1, Role.USER, question), message(2, Role.ASSISTANT, answer));
        assertThat(texts(digest("", List.of(), said), "Hm.")).isEqualTo(open ? List.of(question) : List.of());
        assertThat(texts(digest("Hm.", List.of(new Digest.Kept(1, question)), said.subList(1, 2)), "Hm.")).as("also when it was asked long ago")
                .isEqualTo(open ? List.of(question) : List.of());
    }

    @Test
    void keepsTheLastSignsOfADecisionOnly() {
        List<Message> said = IntStream.range(0, 20).mapToObj(number -> message(number + 1, Role.USER, "Now my boss says " + (char) ('a' + number))).toList();
        assertThat(texts(digest("", List.of(), said), "Hm.")).hasSize(6).last().isEqualTo("Now my boss says t");
    }

    @Test
    void keepsPromisesWhereNoModelTellsOfThem() {
        Digest digest = digest("", List.of(), List.of(message(1, Role.ASSISTANT, "Fine. I'll send the offer. Bye.")));
        assertThat(verbatim.of(digest, "Hm.", false)).containsExactly(new Digest.Kept(1, "I'll send the offer."));
        assertThat(verbatim.of(digest, "Hm.", true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "One two three.           | 4 | One two three.",
        "One two three. Four five | 4 | One two three.",
        "One two three four five  | 4 | One two three four…",
        "我们要买三台水泵。很急。明天要。还有别的事情要谈。以后再说吧。我们等你的回答。好。好的好的 | 3 | 我们要买三台水泵。很急。明天要。还有别的事情要谈。",
    })
    void keepsProseAsShortAsItIsToBe(String text, int words, String told) {
        assertThat(Prose.within(words, text)).isEqualTo(told);
    }

    private List<String> texts(Digest digest, String prose) {
        return verbatim.of(digest, prose, true).stream().map(Digest.Kept::text).toList();
    }

    private static Digest digest(String summary, List<Digest.Kept> kept, List<Message> said) {
        return new Digest(new Reading(CONTACT, 1, said, 0, false, Map.of(), null), summary, kept, 0, false, 150, 1_000);
    }

    private static Message message(long id, Role role, String text) {
        return new Message(id, role, text, List.of(), Instant.EPOCH);
    }
}
