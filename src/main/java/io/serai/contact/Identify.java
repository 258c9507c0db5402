package io.serai.contact;

import io.serai.contact.Contacts.Known;
import io.serai.contact.Contacts.Origin;
import io.serai.message.Arrival;
import io.serai.message.Inbound;
import org.springframework.stereotype.Component;

/**
 * Finds out who is speaking and in which conversation; a stranger becomes a contact. Who the channel does not vouch for is nobody we know, whatever
 * handle they show: each of their threads has an address, a contact and a memory of its own, so that a forged sender neither reads what is known
 * of the real one nor puts words into their mouth.
 */
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
        Origin origin = new Origin(inbound.channel(), inbound.account(), inbound.handle(), doubt(inbound), inbound.around().group());
        Known known = contacts.find(origin, key).orElseGet(() -> contacts.meet(origin, inbound.author(), key));
        return new Arrival(inbound, known.contact(), known.address(), known.conversation(), known.standing(), null);
    }

    private static String doubt(Inbound inbound) {
        if (inbound.around().verified()) {
            return "";
        }
        return inbound.thread() == null ? inbound.externalId() : inbound.thread();
    }
}
