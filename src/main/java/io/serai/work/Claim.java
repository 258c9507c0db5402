package io.serai.work;

import io.serai.message.Lease;
import java.util.List;

/**
 * A lane taken: the lease on it and the work that came with it, in order.
 *
 * @param alone whether it is suspected of killing hubs, and nothing else that is suspected is taken in this hub meanwhile
 */
record Claim(Lease lease, List<Piece> pieces, boolean alone) {

    /**
     * How many hubs may die at a piece of work: at two of them with whatever else they had in work, then alone. With one less, two of 21 743 messages
     * were given up for nothing when a hub was killed 200 times in 80 minutes.
     */
    static final int LIVES = 5;

    /** What a death weighs, beside a lease of a hub that lives, which ended since the database was away. */
    static final int DEATH = 4;

    /**
     * @param attempts how often it has been taken, this time included, and those times not at which the hub died
     * @param lapsed how often in a row the lease of who was at it ended by itself, by weight
     */
    record Piece(long subjectId, int attempts, int lapsed) {

        /** The how manieth time this is; that the database was away makes no difference. */
        int times() {
            return attempts + lapsed / DEATH;
        }
    }

    List<Long> subjects() {
        return pieces.stream().map(Piece::subjectId).toList();
    }

    /** What has been tried often enough. */
    List<Long> tried(int attempts) {
        return pieces.stream().filter(piece -> piece.attempts() >= attempts).map(Piece::subjectId).toList();
    }

    /** What has killed often enough. */
    List<Long> deadly() {
        return pieces.stream().filter(piece -> piece.lapsed() >= LIVES * DEATH).map(Piece::subjectId).toList();
    }
}
