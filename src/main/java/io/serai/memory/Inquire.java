package io.serai.memory;

import io.serai.message.Prompt;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Asks another system about a contact: who they are to us, the addresses they really write from, and what they just said. */
@Component("inquire")
class Inquire {

    private final Databases databases;
    private final Elsewhere elsewhere;

    Inquire(Databases databases, Elsewhere elsewhere) {
        this.databases = databases;
        this.elsewhere = elsewhere;
    }

    /**
     * @param timeout milliseconds
     * @return what it answered
     */
    public String inquire(Prompt prompt, String url, long timeout) throws IOException {
        long contact = prompt.turn().contact().id();
        return elsewhere.ask(url, Map.of("contact", contact, "handles", databases.handles(contact), "said", prompt.turn().text()), timeout);
    }
}
