package io.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.town.TestDatabase;

/** One siege, whose promises must hold. */
final class Proof {

    private Proof() {}

    static Outcome prove(Plan plan, Camp camp) {
        try (var siege = new Siege(plan, camp, System.out::println)) {
            Outcome outcome = siege.run();
            System.out.println(outcome.report());
            assertThat(outcome.holds()).as(outcome.report()).isTrue();
            return outcome;
        }
    }

    /** A database for several hubs. */
    static Books shared() {
        TestDatabase database = TestDatabase.create();
        return new Books(database.url(), database.user(), database.password());
    }
}
