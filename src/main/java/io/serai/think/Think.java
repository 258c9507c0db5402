package io.serai.think;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.serai.message.Expense;
import io.serai.message.Prompt;
import io.serai.message.Reply;
import io.serai.message.ToolUse;
import io.serai.message.Turn;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds an answer: lays the prompt before the model that plays the role, aloud when somebody listens. */
@Component("think")
class Think {

    private static final Logger LOG = LoggerFactory.getLogger(Think.class);

    /** Of one round; what is asked for beyond it is told that it was not done. */
    private static final int MOST_AT_ONCE = 8;

    /** Beyond it nothing is told: it never stood in the dialogue. */
    private static final int MOST_TOLD = 3 * MOST_AT_ONCE;

    /** Characters that a tool may always tell. */
    private static final int LEAST = 200;

    private final Models models;
    private final Errands errands;
    private final ObjectProvider<Audience> audience;

    Think(Models models, Errands errands, ObjectProvider<Audience> audience) {
        this.models = models;
        this.errands = errands;
        this.audience = audience;
    }

    /**
     * @param role a key of {@code serai.models}
     * @throws io.serai.message.Refused when no model of this role will ever answer this
     * @throws io.serai.message.Later when one said when to come back
     */
    public Reply think(Prompt prompt, String role) {
        RoleModel model = models.role(role);
        var dialogue = new Dialogue(prompt, model.first(), errands.tools());
        Turn turn = prompt.turn();
        Answer answer = answer(turn, model, dialogue);
        return new Reply(0, turn, dialogue.laid(answer.model()), answer.text().strip(), answer.model().name(), answer.expense(), dialogue.uses());
    }

    /**
     * Asks until there is an answer. The last time, and once as much time has passed as one call may take, the model has no tools and must answer.
     */
    private Answer answer(Turn turn, RoleModel model, Dialogue dialogue) {
        Listener listener = listener(turn);
        long end = System.nanoTime() + model.timeout().toNanos();
        Expense spent = null;
        for (int round = 1; ; round++) {
            boolean last = round >= errands.settings().rounds() || System.nanoTime() - end > 0 || !dialogue.hasTools();
            Bated bated = last || listener == null || listener.takesBack() ? null : new Bated(listener);
            Listener hearing = bated == null ? listener : bated;
            Answer answer = model.ask(asked -> dialogue.request(asked, !last), turn.conversation().id(), turn.lastMessageId(), hearing);
            spent = spent == null ? answer.expense() : spent.plus(answer.expense());
            if (last || !answer.asksForTools()) {
                if (bated != null) {
                    bated.tell();
                }
                return new Answer(answer.response(), answer.model(), spent);
            }
            dialogue.add(answer.response().aiMessage(), use(turn, model, answer, dialogue.uses(), end));
        }
    }

    /** One after the other, as the model wrote them, while there is time; of what they tell, a character may be a token, as in some scripts. */
    private List<ToolUse> use(Turn turn, RoleModel model, Answer answer, List<ToolUse> before, long end) {
        int room = Math.min(model.first().toolRoom(), answer.model().toolRoom()) - before.stream().mapToInt(use -> use.text().length()).sum();
        List<ToolUse> uses = new ArrayList<>();
        for (ToolExecutionRequest request : answer.response().aiMessage().toolExecutionRequests().stream().limit(MOST_TOLD).toList()) {
            ToolUse use = uses.size() >= MOST_AT_ONCE ? errands.leave(request, "no more than %d at once".formatted(MOST_AT_ONCE))
                    : System.nanoTime() - end > 0 ? errands.leave(request, "there is no time left")
                    : errands.run(turn, request, Math.max(LEAST, room));
            room -= use.text().length();
            uses.add(use);
        }
        return uses;
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

            @Override
            public boolean takesBack() {
                return audience.takesBack();
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
