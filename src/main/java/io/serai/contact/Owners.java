package io.serai.contact;

import io.serai.message.Contact;
import io.serai.message.Message;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

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
     * @return empty when some of that is no longer part of it: they were parted, or it is to be forgotten
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Contact> hold(long conversationId, List<Message> messages) {
        var transaction = TransactionAspectSupport.currentTransactionStatus();
        Object holdingNobody = transaction.createSavepoint();
        Optional<Contact> owner = owner(conversationId);
        while (owner.isPresent() && !isHeld(owner.get(), conversationId)) {
            // Who parts them waits for the one, and must not be waited for with the other.
            transaction.rollbackToSavepoint(holdingNobody);
            owner = owner(conversationId);
        }
        transaction.releaseSavepoint(holdingNobody);
        return owner.filter(contact -> holds(conversationId, messages));
    }

    private boolean isHeld(Contact contact, long conversationId) {
        jdbc.sql("select from contact where id = :id for no key update").param("id", contact.id()).query(row -> {});
        return jdbc.sql("select contact_id from conversation where id = :conversation")
                .param("conversation", conversationId)
                .query(Long.class)
                .optional()
                .filter(id -> id == contact.id())
                .isPresent();
    }

    private Optional<Contact> owner(long conversationId) {
        return jdbc.sql("select contact_id, name, time_zone from conversation join contact on contact.id = contact_id where conversation.id = :conversation")
                .param("conversation", conversationId)
                .query((row, number) -> Contacts.contact(row))
                .optional();
    }

    private boolean holds(long conversationId, List<Message> messages) {
        return jdbc.sql("select count(*) from message where id = any (:messages) and conversation_id = :conversation and forgotten_at is null")
                .param("messages", messages.stream().map(Message::id).toArray(Long[]::new))
                .param("conversation", conversationId)
                .query(Integer.class)
                .single() == messages.size();
    }
}
