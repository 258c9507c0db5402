package io.serai.email;

import io.serai.town.LastOneOut;
import io.serai.town.Town;
import java.util.HashMap;
import java.util.Map;

/** The hub with mailboxes that scenes share, and their mail server. */
final class PostOffice {

    /** What a class of scenes locks that writes to it. */
    static final String LOCK = "the post office";

    static final String SUPPORT = "support@hub.example";
    static final String FICKLE_ADDRESS = "fickle@hub.example";
    static final MailServer SERVER = new MailServer();
    static final FickleImap FICKLE = new FickleImap(SERVER.way().port());
    static final Town TOWN = Town.with(settings());

    static {
        LastOneOut.closes(LOCK, () -> {
            TOWN.close();
            FICKLE.close();
            SERVER.close();
        });
    }

    private PostOffice() {}

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(SERVER.mailbox("locked", "locked@hub.example", "wrong-password-of-nobody"));
        settings.putAll(SERVER.mailbox("main", SUPPORT, MailServer.PASSWORD));
        settings.putAll(SERVER.mailbox("fickle", FICKLE_ADDRESS, MailServer.PASSWORD));
        settings.put("serai.email.fickle.imap.port", FICKLE.port());
        settings.put("serai.email.main.max-size", "300KB");
        settings.put("serai.web.public-url", "https://hub.example");
        return settings;
    }
}
