package io.serai.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.Home;
import io.serai.message.Message;
import io.serai.message.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an order in plain words, and what is said to the model, as the forms of the house have it. */
class OrdersTest {

    private final Orders orders = new Orders(new Home("."));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Remember that we close at noon on Fridays.               | /remember we close at noon on Fridays.",
        "please remember that my budget is $40,000                | /remember my budget is $40,000",
        "Remember that I like red, blue and green                 | /remember I like red, blue and green",
        "Remember that I’m away from 3 to 7 March!                | /remember I’m away from 3 to 7 March!",
        "Remember that it's my birthday on 3 May                  | /remember it's my birthday on 3 May",
        "Remember that our portal is https://acme.example/p?id=7  | /remember our portal is https://acme.example/p?id=7",
        "Remember that Acme sends the plan                        | /remember Acme sends the plan",
        "remember that the gate code is 4711                      | /remember the gate code is 4711",
        "Keep in mind that deliveries are at gate B               | /remember deliveries are at gate B",
        "Remember that Mr. Smith is on leave                      | /remember Mr. Smith is on leave",
        "Remember: the gate is green, the door is blue            | /remember the gate is green, the door is blue",
        "Please remember this: pallets of 1.20 m                  | /remember pallets of 1.20 m",
        "Merk dir, dass wir am 3. März schließen                  | /remember wir am 3. März schließen",
        "Merke dir bitte den Code 4711                            | /remember den Code 4711",
        "Forget that we close at noon.                            | /forget we close at noon.",
        "please forget that I'm vegan                             | /forget I'm vegan",
        "Forget that my budget is $40,000                         | /forget my budget is $40,000",
        "Bitte vergiss, dass unser Lager mittwochs zu ist         | /forget unser Lager mittwochs zu ist",
    })
    void isOneSentenceThatIsPlainlyMeantSo(String said, String order) {
        assertThat(read(said)).isEqualTo(order);
        assertThat(read("  " + said + " \n")).as("with room around it").isEqualTo(order);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Forget that order, we want 300 units instead.",
        "Forget that, we want 300 units.",
        "Forget that order. We want 300 units.",
        "Forget that I asked for the discount.",
        "Forget that we want blue pumps, send red ones",
        "Forget that we wanted 200 units and send 300",
        "Forget that we close at noon. Can you still deliver?",
        "Forget that we close at noon\nand send 20",
        "Forget that the invoice was late",
        "Vergiss, dass wir bestellt haben. Wir wollen 300 Stück.",
        "Vergiss, dass wir 200 wollten, wir nehmen 300",
        "Remember that pump you quoted? Send 20.",
        "Remember that pump you quoted. Send 20.",
        "Remember that blue pump, we want 20 of them",
        "Remember that Bosch pump from last week",
        "Remember that pump that was leaking",
        "Remember that you promised us 10 %",
        "Remember that we are closed on Friday, please send it before",
        "Remember that we are closed on Friday, so send it before",
        "Remember that we are closed on Friday; send it before",
        "Remember that we met in Rome, we want 300 units",
        "Remember that we met in Rome! We want 300 units",
        "remember that we met in rome. we want 300 units",
        "Remember that we met in Rome\nWe want 300 units",
        "Remember that we met in Rome\r\n\r\nBest, Ada",
        "Remember: we need 20? Or 30",
        "Remember: send the invoice today",
        "Keep in mind that we need it by Friday. How much is it?",
        "Merk dir das, wir nehmen 20 Stück",
        "Merk dir, dass wir umziehen. Schick uns die Rechnung.",
        "Merk dir, dass wir umziehen, und schick uns die Rechnung",
        "Merk dir, dass Sie uns 10 % versprochen haben",
        "Merk dir, kommt ihr morgen?",
    })
    void isNothingThatAModelMustSee(String said) {
        assertThat(read(said)).isEqualTo(said);
        assertThat(read("Please " + said)).isEqualTo("Please " + said);
    }

    private String read(String said) {
        return orders.read(new Message(1, Role.USER, said, List.of(), Instant.EPOCH)).text();
    }
}
