package io.serai.deliver;

import io.serai.contact.Invitation;
import io.serai.message.Kind;
import io.serai.message.Post;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells strangers how they get an answer; they have just written, so it does not wait for the morning. */
@Component
class PairingNotice {

    private static final String AUTHOR = "pairing";

    private final Outbox outbox;

    PairingNotice(Outbox outbox) {
        this.outbox = outbox;
    }

    @EventListener
    void tell(Invitation invitation) {
        outbox.post(new Post(invitation.conversation().id(), invitation.address().id(), Kind.URGENT, AUTHOR, invitation.text(), invitation.thread()));
    }
}
