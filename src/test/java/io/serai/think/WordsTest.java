package io.serai.think;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether somebody wants to know something. */
class WordsTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "what was the budget i mentioned", "What is our budget", "what's the gate code", "What budget did I mention", "what else did i say",
            "what VAT rate applies", "what happened to our order", "what about the samples", "which pumps do we have", "which HP-200 did we order",
            "when does our contract end", "When exactly is the fair", "where is our warehouse", "where's it", "who pays", "Who told you that", "whose idea was it",
            "how many units did we want", "how do i pay", "how long does it take", "why the delay", "why did they leave",
            "did Ada call", "does it rain", "do you know it", "do the pumps need oil", "have you got it", "have our samples arrived", "has the mail come",
            "is there a lift", "Is Lisbon our place", "are pumps in stock", "were samples sent", "was a mail sent?", "was the mail sent", "can you\n send it", "could we meet",
            "will the pumps come", "would Friday do", "should we wait", "had we met", "am I late", "Is HP-200 in stock", "has HP-200 arrived", "is VAT included", "is delivery included", "can customers pay by card",
            "how wide is the gate", "How expensive are they", "what Siemens pumps do we have", "Why", "when?", "tell me the code", "Remind me of the price",
            "was ist der Preis", "was hat es gekostet", "Was kostet das", "Wann kommt ihr?", "予算はいくらですか？", "ما هي الميزانية؟"})
    void knowsAQuestion(String asked) {
        assertThat(Words.ask(asked)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Do not deliver on Fridays.", "Don't deliver on Fridays.", "Do the same for the second order.", "Do it on Monday.", "Please do.",
            "When we moved, we kept 4711.", "When in doubt, call us.", "When Ada left, we closed.", "Where the road ends, turn left.",
            "What we need is 200 pumps.", "What the house needs is a pump.", "What Ada needs is a pump.", "What matters is the price.", "What happened was this.",
            "How nice of you.", "How we pay is our affair.", "Why we left is no secret.", "Who we are stands above.",
            "Have a nice day.", "Had a call with Bob.", "Was a pleasure.", "Was delayed by a week.", "Is fine with us.", "Would love to.", "Could be better.",
            "Should arrive on Friday.", "Can do.", "Will called on Monday.", "Will send it.", "Did not arrive.", "Are not here.", "Has not come.",
            "Is not included.", "Could be delivered on Monday.", "Am Freitag kommen wir.", "Was wir brauchen, sind 200 Pumpen.", "Our office is in Lisbon."})
    void knowsAStatement(String said) {
        assertThat(Words.ask(said)).isFalse();
    }
}
