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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A role and the models that play it: the first that answers. As a LangChain4j model it is what {@code langchain4j-chat:} finds by the
 * role's name.
 *
 * <p>When none answers: {@link Refused} if no retry will help with any of them, {@link Later} if all that may answer later said when, {@link
 * NoModelAnswered} otherwise.
 */
final class RoleModel implements ChatModel {

    private static final Logger LOG = LoggerFactory.getLogger(RoleModel.class);

    private static final double SOBER = 0.1;

    private final String role;
    private final List<Model> cast;

    /** Who is asked questions of one shot: where a model is, the excuse of the offline one would be kept as a summary. */
    private final List<Model> thinkers;
    private final Usage usage;
    private final AtomicBoolean doubled = new AtomicBoolean();
    private final AtomicBoolean resting = new AtomicBoolean();

    /** @param cast in the order in which they are asked */
    RoleModel(String role, List<Model> cast, Usage usage) {
        this.role = role;
        this.cast = List.copyOf(cast);
        this.thinkers = isOffline(cast.getFirst()) ? this.cast : cast.stream().filter(model -> !isOffline(model)).toList();
        this.usage = usage;
    }

    private static boolean isOffline(Model model) {
        return model.settings().provider() == Provider.OFFLINE;
    }

    /** How long one call of who is asked first may take. */
    Duration timeout() {
        return first().timeout();
    }

    /** The model that is asked first. */
    ModelSettings first() {
        return cast.getFirst().settings();
    }

    /** Tokens that fit into the smallest window of those that may be asked a question of one shot. */
    int leastRoom() {
        return thinkers.stream().filter(model -> !isOffline(model)).mapToInt(model -> model.settings().room()).min().orElse(first().room());
    }

    List<Model> cast() {
        return cast;
    }

    /**
     * @param request what a model is asked: one may have less room than another
     * @param conversationId whose question it is, or null
     * @param messageId the last message of the turn that is answered, or null
     * @param listener hears the answer while it comes, or null
     */
    Answer ask(Function<ModelSettings, ChatRequest> request, Long conversationId, Long messageId, Listener listener) {
        return ask(cast, request, conversationId, messageId, listener);
    }

    private Answer ask(List<Model> asked, Function<ModelSettings, ChatRequest> requests, Long conversationId, Long messageId, Listener listener) {
        List<ModelFailed> failures = new ArrayList<>();
        long begun = System.nanoTime();
        for (Model model : asked) {
            ChatRequest request = requests.apply(model.settings());
            try {
                ChatResponse response = model.ask(request, listener, new Books(usage, role, conversationId, messageId, model.settings(), request));
                resting.set(false);
                tell(asked, model, failures);
                return new Answer(response, model.settings(),
                        Usage.expense(model.settings(), request, response, Duration.ofNanos(System.nanoTime() - begun)));
            } catch (ModelFailed failed) {
                failures.add(failed);
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        throw nobody(asked, failures);
    }

    /** Once when a fallback steps in, and once when the first is back. */
    private void tell(List<Model> asked, Model model, List<ModelFailed> failures) {
        if (failures.isEmpty() && doubled.compareAndSet(true, false)) {
            LOG.warn("Role {} is played by {} again", role, model.settings().name());
        } else if (!failures.isEmpty() && doubled.compareAndSet(false, true)) {
            LOG.warn("Role {} is played by its fallback {}: {}", role, model.settings().name(), story(asked, failures));
        }
    }

    /**
     * One that is briefly away and did not say for how long may be back before another that did. That all of them rest is told of the first who asks
     * meanwhile; the others only wait.
     */
    private RuntimeException nobody(List<Model> asked, List<ModelFailed> failures) {
        String story = "no model answered as '" + role + "': " + story(asked, failures);
        ModelFailed last = failures.getLast();
        List<ModelFailed> passing = failures.stream().filter(ModelFailed::passing).toList();
        if (passing.isEmpty()) {
            return new Refused(story, last);
        }
        boolean tried = passing.stream().anyMatch(failure -> !failure.outcome().equals("resting"));
        boolean told = resting.getAndSet(!tried) && !tried;
        if (passing.stream().anyMatch(failure -> failure.retryAfter() == null)) {
            return new NoModelAnswered(story, last);
        }
        Duration pause = passing.stream().map(ModelFailed::retryAfter).min(Comparator.naturalOrder()).orElseThrow();
        return new Later(story, atLeastASecond(pause), tried, told ? null : last);
    }

    private static Duration atLeastASecond(Duration pause) {
        return pause.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : pause;
    }

    private static String story(List<Model> asked, List<ModelFailed> failures) {
        var story = new ArrayList<String>();
        for (int i = 0; i < failures.size(); i++) {
            story.add(asked.get(i).settings() + " " + failures.get(i).getMessage());
        }
        return String.join("; ", story);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return ask(thinkers, model -> request, null, null, null).response();
    }

    /**
     * A one-shot question wants the same answer each time, unless the settings say otherwise; models that think take no temperature, and one
     * that refuses it is asked without.
     */
    @Override
    public ChatRequestParameters defaultRequestParameters() {
        ModelSettings first = first();
        return first.temperature() != null || first.thinking() != null
                ? DefaultChatRequestParameters.EMPTY
                : DefaultChatRequestParameters.builder().temperature(SOBER).build();
    }

    @Override
    public String toString() {
        return role + " " + cast;
    }
}
