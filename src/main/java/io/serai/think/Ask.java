package io.serai.think;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.serai.Home;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Words a one-shot question: what is asked comes from {@code memory/prompts}, what it is asked about is data. */
@Component
class Ask {

    private static final String FOLDER = "memory/prompts/";

    private final Home home;

    Ask(Home home) {
        this.home = home;
    }

    /**
     * @param prompt the file under memory/prompts, without {@code .md}; read anew each time
     * @return a list that may be changed: langchain4j-chat does
     */
    public List<ChatMessage> ask(String text, String prompt) {
        return new ArrayList<>(List.of(SystemMessage.from(home.text(FOLDER + prompt + ".md").strip()), UserMessage.from(text)));
    }
}
