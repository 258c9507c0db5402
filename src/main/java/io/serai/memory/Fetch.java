package io.serai.memory;

import io.serai.message.Call;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Has another system answer a tool. It is told who asks, as we know them, and what the model wrote: whose order it may tell, it decides by that. */
@Component("fetch")
class Fetch {

    private final Databases databases;
    private final Elsewhere elsewhere;

    Fetch(Databases databases, Elsewhere elsewhere) {
        this.databases = databases;
        this.elsewhere = elsewhere;
    }

    /**
     * @param timeout milliseconds
     * @return what it answered
     */
    public String fetch(Call call, String url, long timeout) throws IOException {
        long contact = call.turn().contact().id();
        var handles = databases.handles(contact);
        return elsewhere.ask(url, Map.of("contact", contact, "handles", handles, "tool", call.tool(), "arguments", call.arguments()), timeout);
    }
}
