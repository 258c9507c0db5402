package io.serai.think;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.serai.message.Prompt;
import io.serai.message.Reply;
import io.serai.message.Turn;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds an answer: lays the prompt before the model that plays the role, aloud when somebody listens. */
@Component("think")
class Think {

    private static final Logger LOG = LoggerFactory.getLogger(Think.class);

    private final Models models;
    private final ObjectProvider<Audience> audience;

    Think(Models models, ObjectProvider<Audience> audience) {
        this.models = models;
        this.audience = audience;
    }

    /**
     * @param role a key of {@code serai.models}
     * @throws io.serai.message.Refused when no model of this role will ever answer this
     * @throws io.serai.message.Later when one said when to come back
     */
    public Reply think(Prompt prompt, String role) {
        List<ChatMessage> messages = Frame.of(prompt);
        var request = ChatRequest.builder().messages(messages).build();
        Turn turn = prompt.turn();
        Answer answer = models.role(role).ask(request, turn.conversation().id(), turn.lastMessageId(), listener(turn));
        return new Reply(0, turn, prompt.laid(Frame.plain(messages)), answer.text().strip(), answer.model(), answer.expense());
    }

    private Listener listener(Turn turn) {
        return audience.stream().filter(one -> one.listens(turn)).findFirst().map(one -> tell(one, turn)).orElse(null);
    }

    /** Whoever cannot listen any more does not cost the others their answer. */
    private static Listener tell(Audience audience, Turn turn) {
        return new Listener() {

            private boolean deaf;

            @Override
            public void starts() {
                guarded(() -> audience.starts(turn));
            }

            @Override
            public void hears(String token) {
                guarded(() -> audience.hears(turn, token));
            }

            private void guarded(Runnable telling) {
                if (deaf) {
                    return;
                }
                try {
                    telling.run();
                } catch (RuntimeException gone) {
                    deaf = true;
                    LOG.warn("Nobody hears the answer in conversation {} any more; it is still written", turn.conversation().id(), gone);
                }
            }
        };
    }
}
