package io.serai.contact;

import io.serai.message.Contact;
import io.serai.message.Message;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whose conversations are, for who writes about them what took a while to find out. */
@Repository
public class Owners {

    private final JdbcClient jdbc;

    Owners(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Who a conversation is with. Until the transaction ends they are neither merged with others nor parted from them, and nobody else holds them.
     *
     * @param messages what was read of it
     * @return empty when some of that is no longer part of it: they were parted
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Contact> hold(long conversationId, List<Message> messages) {
        Optional<Contact> held;
        Optional<Contact> owner = owner(conversationId);
        do {
            held = owner;
            held.ifPresent(contact -> jdbc.sql("select from contact where id = :id for no key update").param("id", contact.id()).query(row -> {}));
            owner = owner(conversationId);
        } while (!held.map(Contact::id).equals(owner.map(Contact::id)));
        return owner.filter(contact -> holds(conversationId, messages));
    }

    private Optional<Contact> owner(long conversationId) {
        return jdbc.sql("select contact_id, name, time_zone from conversation join contact on contact.id = contact_id where conversation.id = :conversation")
                .param("conversation", conversationId)
                .query((row, number) -> Contacts.contact(row))
                .optional();
    }

    private boolean holds(long conversationId, List<Message> messages) {
        return jdbc.sql("select count(*) from message where id = any (:messages) and conversation_id = :conversation")
                .param("messages", messages.stream().map(Message::id).toArray(Long[]::new))
                .param("conversation", conversationId)
                .query(Integer.class)
                .single() == messages.size();
    }
}
