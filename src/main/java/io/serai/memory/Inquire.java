package io.serai.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Prompt;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What another system is asked about a contact, as JSON: who they are to us, the addresses they really write from, and what they just said. */
@Component("inquire")
class Inquire {

    private final Databases databases;
    private final ObjectMapper json;

    Inquire(Databases databases, ObjectMapper json) {
        this.databases = databases;
        this.json = json;
    }

    public String inquire(Prompt prompt) throws JsonProcessingException {
        long contact = prompt.turn().contact().id();
        return json.writeValueAsString(Map.of("contact", contact, "handles", databases.handles(contact), "said", prompt.turn().text()));
    }
}
