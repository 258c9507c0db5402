package io.serai.work;

import io.serai.message.Lease;
import java.util.List;

/** A lane taken: the lease on it and the work that came with it, in order. */
record Claim(Lease lease, List<Piece> pieces) {

    /** @param attempts how often it has been taken, this time included */
    record Piece(long subjectId, int attempts) {}

    List<Long> subjects() {
        return pieces.stream().map(Piece::subjectId).toList();
    }

    /** What has been tried often enough. */
    List<Long> tried(int attempts) {
        return pieces.stream().filter(piece -> piece.attempts() >= attempts).map(Piece::subjectId).toList();
    }
}
