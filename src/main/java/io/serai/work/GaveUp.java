package io.serai.work;

/** Work was taken as often as it may be and never came to an end: whoever was at it died, or lost it. */
class GaveUp extends RuntimeException {

    GaveUp() {
        super("never finished: hubs died at it %d times or more, or the database went away %d times".formatted(Claim.LIVES, Claim.LIVES * Claim.DEATH));
    }
}
