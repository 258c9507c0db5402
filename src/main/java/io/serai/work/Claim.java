package io.serai.work;

import io.serai.message.Lease;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * A lane taken: the lease on it and the work that came with it, in order.
 *
 * @param alone whether it is suspected of killing hubs, and nothing else that is suspected is taken in this hub meanwhile
 */
record Claim(Lease lease, List<Piece> pieces, boolean alone) {

    /** How many hubs may die at a piece of work: at two of them with whatever else they had in work, then alone. */
    static final int LIVES = 4;

    /** One in so many of all deaths of the last hour must be at it: in a crash loop that goes on whatever is in work, a few of them say nothing. */
    private static final int SHARE = 4;

    /** So many are enough whatever else died: of five that kill, sent by five people, none is at a quarter of all deaths. */
    private static final int MOST_LIVES = 3 * LIVES;

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

    /**
     * What has killed often enough.
     *
     * @param deaths of hubs within the last hour; asked only where something was there often
     */
    List<Long> deadly(IntSupplier deaths) {
        List<Piece> often = pieces.stream().filter(piece -> piece.lapsed() >= LIVES * DEATH).toList();
        int all = often.isEmpty() ? 0 : deaths.getAsInt();
        return often.stream()
                .filter(piece -> piece.lapsed() / DEATH * SHARE >= all || piece.lapsed() >= MOST_LIVES * DEATH)
                .map(Piece::subjectId)
                .toList();
    }
}
