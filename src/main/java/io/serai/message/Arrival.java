package io.serai.message;

/**
 * An inbound message of which we know who said it and where it belongs; not yet accepted.
 *
 * @param standing what a person decided about the address it came from
 * @param verdict what becomes of it
 */
public record Arrival(Inbound inbound, Contact contact, Address address, Conversation conversation, Standing standing, Verdict verdict) {

    /** The same arrival, judged. */
    public Arrival judged(Verdict verdict) {
        return new Arrival(inbound, contact, address, conversation, standing, verdict);
    }
}
