package io.serai.work;

/** Work was taken as often as it may be and never came to an end: whoever was at it died, or lost it. */
class GaveUp extends RuntimeException {

    GaveUp() {
        super("taken %d times and never finished: the hub died at it, or it took longer than its lease".formatted(Claim.LIVES));
    }
}
