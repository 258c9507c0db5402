package io.serai.email;

import io.serai.deliver.Returns;
import org.springframework.stereotype.Component;

/** Tells the delivery which of our mails came back. */
@Component
class Returned {

    private final MessageIds ids;
    private final Returns returns;

    Returned(MessageIds ids, Returns returns) {
        this.ids = ids;
        this.returns = returns;
    }

    /** What claims to be a bounce of a mail that we never sent is none. */
    void note(Bounce bounce) {
        ids.parcel(bounce.messageId()).ifPresent(parcel -> {
            String why = "the mail bounced with status " + bounce.status();
            if (bounce.isAddressGone()) {
                returns.addressGone(parcel, why);
            } else {
                returns.notTaken(parcel, why);
            }
        });
    }
}
