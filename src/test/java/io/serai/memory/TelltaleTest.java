package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.serai.town.Town;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What gives away what was to be forgotten, as Postgres finds it. */
@Tag("database")
@ResourceLock(Town.SHARED)
class TelltaleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "the gate code is 4711           | It is 4711.                      | It is 47110, 14711 or 14,711.",
        "我家的门禁密码是4711            | 密码是4711。                     | 密码是47110。",
        "our account is 12345678         | Pay to 12 345 678, please.       | Pay to 12 345 679, please.",
        "our limit is $41,250            | Up to 41250 euros.               | Up to 41,260 euros.",
        "the wifi key is Hunter2x        | Try hunter2x!                    | Try Hunter3x! ",
        "our order is PO-4711            | As in po 4711.                   | As in PO-4712.",
        "write to ada.b@example.org      | Sent to ADA.B@example.org.       | Sent to adaxb@example.org.",
        "call me at +49 171 2345678      | I call +49 (171) 234-5678.       | I call +49 171 2345670.",
        "plans: https://x.example/p?a=1  | See https://x.example/p?a=1      | See https://x.example/p-a=1",
        "write to ann@x.org              | Sent to ann@x.org.               | Sent to joann@x.org and jo.ann@x.org.",
        "our model is P200               | Your P200, ready.                | The P200X and the XP200.",
        "our limit is 41,250.00          | Up to 41250 euros.               | Up to 41,260 euros.",
        "our limit is ₹1,52,340          | Up to 152340, or 1,52,340.       | Up to ₹1,52,341 or 11,52,340.",
        "our limit is ₹12,51,52,340      | Up to 125 152 340.               | Up to ₹51,52,340.",
        "our limit is 152,340            | Up to ₹1,52,340.                 | Up to ₹2,52,340.",
        "رمز البوابة هو ٤٧١١٩            | The code is 47119.               | It is 47118, ٤٧١١٩٠ or 4711٩١.",
        "गेट का कोड ४७११९ है              | कोड ४७११९ है।                     | कोड 47118 है।",
        "暗証番号は４７１１９です          | It is 47119.                     | ４７１１９０です",
        "our code is 47119               | الرمز ٤٧١١٩                      | الرمز ٤٧١١٨",
        "our code is 47119               | Code ４７１１９.                   | Code ４７，１１９.",
        "the wifi key is Hunter２x       | Try hunter2x, or hunter٢x!       | Try Hunter３x!",
        "our limit is ٤١٬٢٥١٫٥           | Up to 41251.5 or ٤١٢٥١٫٥.        | Up to ٤١٬٢٥١٫٦.",
        "our limit is 41,251             | Up to ٤١٬٢٥١.                    | Up to ٤١٬٢٥١٬٠٠٠.",
        "call me at +٤٩ ١٧١ ٢٣٤٥٦٧٨      | I call +49 (171) 234-5678.       | I call +49 171 2345670.",
        "we pay 1.255,50                 | 1.255,50 it is                   | 1.255,51 it is",
    })
    void findsItHoweverItIsWritten(String known, String repeats, String another) {
        String own = Telltale.of(known).own();
        assertThat(stands(own, repeats)).as(own).isTrue();
        assertThat(stands(own, another)).as(own).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"our lucky number is 7", "we close at 5 pm", "we move on 3 March", "the house was built in 1987", "we take 300 pumps", "we take 250 pumps", "it costs 12.50", "our budget is ₹1,50,000", "the code is 0000", "it weighs 000", "a discount of 12 %"})
    void takesWhatStandsAnywhereOnlyBesideItsWords(String known) {
        Telltale telltale = Telltale.of(known);
        assertThat(telltale.own()).isNull();
        assertThat(stands(telltale.common(), "So " + known + ".")).isTrue();
        assertThat(telltale.words()).isNotEmpty().allMatch(word -> stands(word, known));
    }

    @Test
    void knowsALakhByAllItsDigits() {
        Telltale telltale = Telltale.of("our budget is ₹1,50,000");
        assertThat(stands(telltale.common(), "It is 150,000.")).isTrue();
        assertThat(stands(telltale.common(), "It is ₹1,50,00,000, or 1,50, or 5 000 EUR.")).isFalse();
    }

    @Test
    void hasNothingOfOrdinaryWords() {
        assertThat(Telltale.of("the dog is called Rex, and there are two of them").isEmpty()).isTrue();
    }

    @Test
    void isQuickWhateverItIsGiven() {
        Town.shared(); // takes its time to open
        assertTimeoutPreemptively(Duration.ofSeconds(10), () ->
                List.of("1 ".repeat(50_000), "a1".repeat(50_000), "+49 ".repeat(30_000), "x\\(".repeat(30_000)).forEach(bomb ->
                        stands(Telltale.of("4711 " + bomb).own(), bomb)));
    }

    private static boolean stands(String form, String text) {
        return Town.shared().sql().sql("select :text ~* :form").param("text", text).param("form", form).query(Boolean.class).single();
    }
}
