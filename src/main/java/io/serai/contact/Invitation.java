package io.serai.contact;

import io.serai.message.Address;
import io.serai.message.Contact;
import io.serai.message.Conversation;

/**
 * A stranger is to be told how they get an answer. Whoever sends messages listens, in the transaction that keeps what the stranger said.
 *
 * @param thread the channel's thread they spoke in, or null
 * @param text Markdown, with the code
 */
public record Invitation(Contact contact, Conversation conversation, Address address, String thread, String text) {

    /** For errors and logs, which tell no words of anybody. */
    @Override
    public String toString() {
        return "Invitation[contact=%s]".formatted(contact);
    }
}
