package io.serai.profile;

import java.util.Locale;

/** How far a deal has come. */
enum Stage {
    FIRST_CONTACT("awareness"),
    QUALIFYING("interest"),
    PITCHED("consideration"),
    OBJECTION_HANDLING("consideration"),
    NEGOTIATION("intent"),
    CLOSED_WON("customer"),
    CLOSED_LOST("lost"),
    DORMANT("churned");

    private final String marketing;

    Stage(String marketing) {
        this.marketing = marketing;
    }

    static Stage of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The same as marketing sees it. */
    String marketing() {
        return marketing;
    }

    /**
     * Whether it may come after another: forward only, but who says that they are no longer interested is lost from wherever they were. Dormant
     * is what the clock makes of a contact, never a model.
     */
    boolean mayFollow(Stage before, boolean lostInterest) {
        return this != DORMANT && (ordinal() > before.ordinal() && !(before == CLOSED_WON && !lostInterest) || this == CLOSED_LOST && lostInterest);
    }
}
