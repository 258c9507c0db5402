package io.serai.think;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.serai.message.Later;
import io.serai.message.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A role and the models that play it: the first that answers. As a LangChain4j model it is what {@code langchain4j-chat:} finds by the
 * role's name.
 *
 * <p>When none answers: {@link Refused} if no retry will help with any of them, {@link Later} if one of them said when, {@link
 * NoModelAnswered} otherwise.
 */
final class RoleModel implements ChatModel {

    private static final Logger LOG = LoggerFactory.getLogger(RoleModel.class);

    private static final double SOBER = 0.1;

    private final String role;
    private final List<Model> cast;
    private final Usage usage;
    private final AtomicBoolean doubled = new AtomicBoolean();

    /** @param cast in the order in which they are asked */
    RoleModel(String role, List<Model> cast, Usage usage) {
        this.role = role;
        this.cast = List.copyOf(cast);
        this.usage = usage;
    }

    /** How long one call of who is asked first may take. */
    Duration timeout() {
        return cast.getFirst().settings().timeout();
    }

    List<Model> cast() {
        return cast;
    }

    /**
     * @param conversationId whose question it is, or null
     * @param listener hears the answer while it comes, or null
     */
    Answer ask(ChatRequest request, Long conversationId, Listener listener) {
        return ask(request, conversationId, null, listener);
    }

    /**
     * @param messageId the last message of the turn that is answered, or null
     */
    Answer ask(ChatRequest request, Long conversationId, Long messageId, Listener listener) {
        List<ModelFailed> failures = new ArrayList<>();
        long begun = System.nanoTime();
        for (Model model : cast) {
            try {
                ChatResponse response = model.ask(request, listener, new Books(usage, role, conversationId, messageId, model.settings(), request));
                tell(model, failures);
                return new Answer(response, model.settings().name(),
                        Usage.expense(model.settings(), request, response, Duration.ofNanos(System.nanoTime() - begun)));
            } catch (ModelFailed failed) {
                failures.add(failed);
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        throw nobody(failures);
    }

    /** Once when a fallback steps in, and once when the first is back. */
    private void tell(Model model, List<ModelFailed> failures) {
        if (failures.isEmpty() && doubled.compareAndSet(true, false)) {
            LOG.warn("Role {} is played by {} again", role, model.settings().name());
        } else if (!failures.isEmpty() && doubled.compareAndSet(false, true)) {
            LOG.warn("Role {} is played by its fallback {}: {}", role, model.settings().name(), story(failures));
        }
    }

    private RuntimeException nobody(List<ModelFailed> failures) {
        String story = "no model answered as '" + role + "': " + story(failures);
        ModelFailed last = failures.getLast();
        if (failures.stream().noneMatch(ModelFailed::passing)) {
            return new Refused(story, last);
        }
        boolean tried = failures.stream().anyMatch(failure -> failure.passing() && !failure.outcome().equals("resting"));
        return failures.stream()
                .filter(ModelFailed::passing)
                .map(ModelFailed::retryAfter)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .<RuntimeException>map(pause -> new Later(story, atLeastASecond(pause), tried, last))
                .orElseGet(() -> new NoModelAnswered(story, last));
    }

    private static Duration atLeastASecond(Duration pause) {
        return pause.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : pause;
    }

    private String story(List<ModelFailed> failures) {
        var story = new ArrayList<String>();
        for (int i = 0; i < failures.size(); i++) {
            story.add(cast.get(i).settings() + " " + failures.get(i).getMessage());
        }
        return String.join("; ", story);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return ask(request, null, null).response();
    }

    /**
     * A one-shot question wants the same answer each time, unless the settings say otherwise; models that think take no temperature, and one
     * that refuses it is asked without.
     */
    @Override
    public ChatRequestParameters defaultRequestParameters() {
        ModelSettings first = cast.getFirst().settings();
        return first.temperature() != null || first.thinking() != null
                ? DefaultChatRequestParameters.EMPTY
                : DefaultChatRequestParameters.builder().temperature(SOBER).build();
    }

    @Override
    public String toString() {
        return role + " " + cast;
    }
}
