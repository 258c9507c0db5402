package io.serai.think;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.serai.Holes;
import io.serai.Home;
import io.serai.message.Question;
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
     * @param about a {@link Question}, or any text
     * @param prompt the file under memory/prompts, without {@code .md}; read anew each time
     * @return a list that may be changed: langchain4j-chat does
     */
    public List<ChatMessage> ask(Object about, String prompt) {
        String asked = home.text(FOLDER + prompt + ".md").strip();
        return about instanceof Question question
                ? messages(Holes.fill(asked, hole -> fenced(question.holes().get(hole))), question.text())
                : messages(asked, String.valueOf(about));
    }

    /** What fills a hole is made of what people said: it cannot end the block of the prompt that it stands in. */
    private static String fenced(String filling) {
        return filling == null ? null : Fence.neutral(filling);
    }

    private static List<ChatMessage> messages(String asked, String about) {
        return new ArrayList<>(List.of(SystemMessage.from(asked), UserMessage.from(about)));
    }
}
