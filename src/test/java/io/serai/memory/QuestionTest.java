package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text as a search asks it. */
class QuestionTest {

    private static final List<String> NAMES = List.of("Adelaide Byron", "Bo Li", "Jörg", "Berlin Pumps GmbH", "Hans Preisler", "Bill Price");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            When did Adelaide buy pumps?        | When did buy pumps?            | Adelaide       | Adelaide Byron
            What is Adelaide's budget?          | What is budget?                | Adelaide       | Adelaide Byron
            Was hat Jörg und Byron gesagt?      | Was hat und gesagt?            | Jörg Byron     | Jörg,Adelaide Byron
            WHAT DID ADELAIDE SAY?              | WHAT DID SAY?                  | ADELAIDE       | Adelaide Byron
            Did Bo call?                        | Did Bo call?                   |                |
            Adelaide?                           | Adelaide?                      |                | Adelaide Byron
            What about Adelaideville?           | What about Adelaideville?      |                |
            What does Ade want?                 | What does Ade want?            |                |
            What did the pumps cost?            | What did the pumps cost?       |                |
            Do you deliver to Berlin?           | Do you deliver to ?            | Berlin         | Berlin Pumps GmbH
            Was war der Preis?                  | Was war der Preis?             |                |
            Is the bill paid, at which price?   | Is the bill paid, at which price? |             |
            """)
    void takesOutWhoTakesPart(String said, String asked, String names, String named) {
        Question question = Question.of(said, NAMES);
        assertThat(question.text()).isEqualTo(asked);
        assertThat(question.names()).isEqualTo(names == null ? "" : names);
        assertThat(question.named()).containsExactlyElementsOf(named == null ? List.of() : List.of(named.split(",")));
    }

    @Test
    void knowsNamesInScriptsWithoutCapitals() {
        Question question = Question.of("שרה budget?", List.of("שרה כהן"));
        assertThat(question.text()).isEqualTo("budget?");
        assertThat(question.named()).containsExactly("שרה כהן");
    }
}
