package io.serai.email;

import io.serai.deliver.Spelling;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whoever names an address by hand writes it as people do: with capitals, and a domain in the letters of its language. */
@Component
class MailSpelling implements Spelling {

    @Override
    public String channel() {
        return Mailboxes.CHANNEL;
    }

    @Override
    public Optional<String> spell(String handle) {
        return Sender.handle(handle);
    }
}
