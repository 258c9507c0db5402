package io.serai.database;

import java.util.Optional;
import java.util.UUID;

/** Who rang, in front of every notification, so that nobody hears their own bell twice. */
record Origin(String id) {

    /** No topic has one. */
    static final String GAP = "\t";

    static Origin fresh() {
        return new Origin(UUID.randomUUID().toString());
    }

    String sign(Ring ring) {
        return String.join(GAP, id, ring.topic(), ring.payload());
    }

    /** The ring in a notification, unless it is our own, or something that did not come from a hub. */
    Optional<Ring> foreign(String notification) {
        String[] parts = notification.split(GAP, 3);
        return parts.length < 3 || parts[0].equals(id) ? Optional.empty() : Optional.of(new Ring(parts[1], parts[2]));
    }
}
