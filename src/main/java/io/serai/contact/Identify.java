package io.serai.contact;

import io.serai.message.Arrival;
import io.serai.message.Inbound;
import org.springframework.stereotype.Component;

/** Finds out who is speaking and in which conversation; a stranger becomes a contact. */
@Component("identify")
class Identify {

    private final Contacts contacts;
    private final ConversationSettings settings;

    Identify(Contacts contacts, ConversationSettings settings) {
        this.contacts = contacts;
        this.settings = settings;
    }

    public Arrival identify(Inbound inbound) {
        String key = inbound.conversation() == null ? settings.key(inbound.channel(), inbound.handle()) : inbound.conversation();
        var known = contacts.find(inbound.channel(), inbound.account(), inbound.handle(), key)
                .orElseGet(() -> contacts.meet(inbound.channel(), inbound.account(), inbound.handle(), inbound.author(), key));
        return new Arrival(inbound, known.contact(), known.address(), known.conversation());
    }
}
