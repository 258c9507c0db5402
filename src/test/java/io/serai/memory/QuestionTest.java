package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text as a search asks it. */
class QuestionTest {

    private static final List<String> NAMES = List.of("Adelaide Byron", "Bo Li", "Jörg");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            When did Adelaide buy pumps?        | When did buy pumps?       | Adelaide Byron
            What is adelaide's budget?          | What is budget?           | Adelaide Byron
            What does Ade want?                 | What does want?           | Adelaide Byron
            What does ade want?                 | What does ade want?       |
            Was hat Jörg und Byron gesagt?      | Was hat und gesagt?       | Jörg,Adelaide Byron
            Did Bo call?                        | Did Bo call?              |
            Adelaide?                           | Adelaide?                 | Adelaide Byron
            What about Adelaideville?           | What about Adelaideville? |
            """)
    void takesOutWhoTakesPart(String said, String asked, String named) {
        Question question = Question.of(said, NAMES);
        assertThat(question.text()).isEqualTo(asked);
        assertThat(question.named()).containsExactlyElementsOf(named == null ? List.of() : List.of(named.split(",")));
    }
}
