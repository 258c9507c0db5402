package io.serai.email;

import io.serai.channel.Pulses;
import io.serai.email.EmailSettings.Mailbox;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The mailboxes that are on. */
@Component
class Mailboxes {

    static final String CHANNEL = "email";

    private static final Logger log = LoggerFactory.getLogger(Mailboxes.class);
    private static final String HINT = "set EMAIL_ADDRESS, EMAIL_PASSWORD, EMAIL_IMAP_HOST and EMAIL_SMTP_HOST (docs/channels.md)";

    private final Map<String, Mailbox> on = new TreeMap<>();

    Mailboxes(EmailSettings settings, Pulses pulses) {
        settings.email().forEach((name, mailbox) -> {
            if (mailbox.missing().isEmpty()) {
                on.put(name, mailbox);
            } else if (mailbox.isMeant()) {
                log.warn("mailbox {} is off: serai.email.{}.{} is missing (docs/channels.md)", name, name, String.join(", ", mailbox.missing()));
            }
        });
        if (on.isEmpty()) {
            pulses.off(CHANNEL, HINT);
        }
        on.forEach(Mailboxes::tell);
    }

    private static void tell(String name, Mailbox mailbox) {
        if (!mailbox.isRead()) {
            log.info("mailbox {} only sends: serai.email.{}.imap.host is empty (docs/channels.md)", name, name);
        } else if (mailbox.authservId().isEmpty()) {
            log.warn("mailbox {} takes no sender for who they say they are, so that none of them gets at a contact's memory: set serai.email.{}.authserv-id "
                    + "to the name your mail server writes into Authentication-Results (docs/channels.md)", name, name);
        }
    }

    Map<String, Mailbox> on() {
        return on;
    }

    /** Those that mail is fetched from. */
    Map<String, Mailbox> read() {
        return on.entrySet().stream().filter(mailbox -> mailbox.getValue().isRead()).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Optional<Mailbox> find(String name) {
        return Optional.ofNullable(on.get(name));
    }

    /** The handles of all of them: who writes from one of these is ourselves. */
    Set<String> addresses() {
        return on.values().stream().map(mailbox -> Sender.handle(mailbox.address()).orElseThrow()).collect(Collectors.toUnmodifiableSet());
    }
}
