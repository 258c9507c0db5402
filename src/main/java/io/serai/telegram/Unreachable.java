package io.serai.telegram;

/** No answer of the Bot API came. Carries no cause, since what HTTP clients throw may quote the address, and the token is part of it. */
class Unreachable extends RuntimeException {

    private final boolean untouched;

    /** @param untouched whether surely nothing was sent: there was no connection */
    Unreachable(String why, boolean untouched) {
        super(why);
        this.untouched = untouched;
    }

    boolean isUntouched() {
        return untouched;
    }
}
