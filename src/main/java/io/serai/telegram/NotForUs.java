package io.serai.telegram;

import io.serai.message.Refused;

/** An update that holds no message to answer; it is kept under the name of a rule, and those behind it go on. */
class NotForUs extends Refused {

    private final String rule;

    NotForUs(String rule, String why) {
        super(why);
        this.rule = rule;
    }

    String rule() {
        return rule;
    }
}
