package io.serai.think;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model of the catalogue: asks again after what passes, comes back when it is told to, and leaves it alone while most calls fail.
 *
 * <p>All who ask it share its Retry-After and its circuit breaker: what one call learned, the next one knows.
 */
final class Model {

    private static final Logger LOG = LoggerFactory.getLogger(Model.class);
    private static final IntervalFunction BACK_OFF =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(400), 2, 0.5, Duration.ofSeconds(8));

    private final String role;
    private final ModelSettings settings;
    private final Lacks lacks = new Lacks(Clock.systemUTC());
    private final Map<Set<Lack>, FarSide> farSides = new ConcurrentHashMap<>();
    private final CircuitBreaker breaker;
    private final AtomicReference<Instant> restsUntil = new AtomicReference<>(Instant.EPOCH);
    private final AtomicReference<Instant> opensAt = new AtomicReference<>(Instant.EPOCH);
    private final AtomicReference<Health> health = new AtomicReference<>(new Health("not asked yet", null));
    private final AtomicBoolean cutsOff = new AtomicBoolean();
    private final AtomicBoolean thinksAloud = new AtomicBoolean();

    /** Whether the thoughts before its last answer began in the prompt. */
    private volatile boolean begun;
    private volatile String lastFailure;

    Model(String role, ModelSettings settings) {
        this.role = role;
        this.settings = settings;
        farSide(lacks.known(), false); // what cannot be built is known at start
        this.breaker = CircuitBreaker.of(role, CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(50)
                .waitDurationInOpenState(settings.coolDown())
                .permittedNumberOfCallsInHalfOpenState(2)
                .recordException(failure -> failure instanceof ModelFailed failed && failed.speaksAgainstTheModel())
                .ignoreException(failure -> !(failure instanceof ModelFailed failed && failed.speaksAgainstTheModel()))
                .build());
        breaker.getEventPublisher().onStateTransition(event -> changed(event.getStateTransition().getToState()));
    }

    /** How its last call ended, and when; the time is null before the first one. */
    record Health(String outcome, Instant at) {}

    ModelSettings settings() {
        return settings;
    }

    Health health() {
        return health.get();
    }

    /** Whether it is not asked now, since most of its calls failed. Once it has cooled down, whoever comes next asks it. */
    boolean isLeftAlone() {
        return breaker.getState() == CircuitBreaker.State.OPEN && Instant.now().isBefore(opensAt.get());
    }

    /**
     * Asks until there is an answer or no more trying makes sense.
     *
     * @param listener hears the answer while it comes; or null
     * @param books gets every try, with its failure or null
     * @throws ModelFailed the last failure
     */
    ChatResponse ask(ChatRequest request, Listener listener, Books books) {
        long start = System.nanoTime();
        ModelFailed last = null;
        boolean retold = false;
        for (int attempt = 1; ; attempt++) {
            awaitTurn(last);
            Set<Lack> known = lacks.known();
            boolean tools = settings.tools() && !retold && !known.contains(Lack.TOOLS) && !known.contains(Lack.TOOLS_NOW)
                    && !request.toolSpecifications().isEmpty();
            ChatRequest tempered = known.contains(Lack.TEMPERATURE) ? withoutTemperature(request) : request;
            ChatRequest bearable = tools ? tempered : Dialogue.plain(tempered);
            FarSide farSide = farSide(known, tools);
            try {
                return breaker.executeSupplier(() -> once(farSide, bearable, listener, books));
            } catch (CallNotPermittedException open) {
                throw last != null ? last : ModelFailed.resting(untilItOpens(), "is left alone, since most of its calls failed: " + lastFailure);
            } catch (ModelFailed failed) {
                Lack lack = news(failed.lack(), known, bearable);
                if (lack != null) {
                    learn(lack);
                    continue;
                }
                if (failed.refusesTheRequest() && tools && Dialogue.isUnderWay(request)) {
                    retold = true; // what another model thought is missing, or signed by that one: as text it needs neither
                    continue;
                }
                last = failed;
                boolean overdue = System.nanoTime() - start >= settings.timeout().toNanos();
                if (!failed.passing() || attempt >= settings.attempts() || overdue || Thread.currentThread().isInterrupted()) {
                    throw failed;
                }
                Duration pause = Duration.ofMillis(BACK_OFF.apply(attempt));
                if (failed.retryAfter() == null || failed.retryAfter().compareTo(pause) < 0) {
                    pause(pause);
                }
            }
        }
    }

    private FarSide farSide(Set<Lack> known, boolean tools) {
        Set<Lack> heeded = EnumSet.copyOf(known);
        if (!tools) {
            heeded.remove(Lack.THINKING_WITH_TOOLS);
        }
        return farSides.computeIfAbsent(heeded, all -> FarSide.of(settings, all));
    }

    /** What a failure tells anew, if asking otherwise can help; null when the request was made so already, or somebody set it. */
    private Lack news(Lack told, Set<Lack> known, ChatRequest request) {
        boolean openAi = settings.provider() == Provider.OPEN_AI;
        boolean silent = !openAi || settings.thinking() == Thinking.OFF || known.contains(Lack.THINKING_WITH_TOOLS);
        Lack lack = told == Lack.THINKING_WITH_TOOLS && silent ? Lack.TOOLS : told;
        boolean helps = switch (lack) {
            case null -> false;
            case TOOLS, TOOLS_NOW, THINKING_WITH_TOOLS -> !request.toolSpecifications().isEmpty();
            case TEMPERATURE -> request.temperature() != null && settings.temperature() == null;
            case MAX_TOKENS -> openAi;
            case BUDGET -> settings.provider() == Provider.ANTHROPIC && settings.thinking() != null;
        };
        return helps && !known.contains(lack) ? lack : null;
    }

    /** Whoever asks it from now on heeds it. */
    private void learn(Lack lack) {
        if (lacks.learn(lack)) {
            LOG.warn("Model {} ({}) {}", role, settings.name(), lack.story(role));
        }
    }

    private static ChatRequest withoutTemperature(ChatRequest request) {
        if (request.temperature() == null) {
            return request;
        }
        var parameters = DefaultChatRequestParameters.builder().overrideWith(request.parameters()).temperature(null).build();
        return ChatRequest.builder().messages(request.messages()).parameters(parameters).build();
    }

    private ChatResponse once(FarSide farSide, ChatRequest request, Listener listener, Books books) {
        long start = System.nanoTime();
        try {
            ChatResponse response = listener == null ? Attempt.whole(farSide, request) : stream(farSide, request, listener);
            health.set(new Health("ok", Instant.now()));
            if (response.finishReason() == FinishReason.LENGTH && cutsOff.compareAndSet(false, true)) {
                LOG.warn("An answer of model {} ({}) was cut off where it was as long as it may be: raise its max-output-tokens or window",
                        role, settings.name());
            }
            books.answered(response, Duration.ofNanos(System.nanoTime() - start));
            return response;
        } catch (ModelFailed failed) {
            health.set(new Health(failed.outcome(), Instant.now()));
            lastFailure = failed.getMessage();
            if (failed.retryAfter() != null) {
                Instant until = Instant.now().plus(failed.retryAfter());
                restsUntil.accumulateAndGet(until, (one, other) -> one.isAfter(other) ? one : other);
            }
            books.failed(failed, Duration.ofNanos(System.nanoTime() - start));
            throw failed;
        }
    }

    private ChatResponse stream(FarSide farSide, ChatRequest request, Listener listener) {
        var discreet = new Discreet(listener, begun);
        ChatResponse response = Attempt.stream(farSide, request, discreet);
        if (begun && response.finishReason() == FinishReason.LENGTH && !discreet.leftSomethingOut()) {
            throw ModelFailed.wordless().having(Count.of(response, request));
        }
        String answer = response.aiMessage().text();
        boolean headless = discreet.ends(answer);
        if (headless || answer != null) {
            begun = headless;
        }
        if (headless && thinksAloud.compareAndSet(false, true)) {
            LOG.warn("Model {} ({}) thinks in its answers without saying where it begins; that is cut out, and a stream is held until it has thought."
                    + " Let its server keep the thoughts apart (vLLM: --reasoning-parser)", role, settings.name());
        }
        return response;
    }

    /**
     * Waits out a Retry-After, whoever was told it, and those that were told meanwhile; what asks for too much patience fails at once.
     *
     * @param last how the try before failed, or null: who was turned away just now has been asked, and that counts
     */
    private void awaitTurn(ModelFailed last) {
        Instant latest = Instant.now().plus(settings.patience());
        for (Instant until = restsUntil.get(), now = Instant.now(); until.isAfter(now); until = restsUntil.get(), now = Instant.now()) {
            Duration left = Duration.between(now, until);
            if (until.isAfter(latest)) {
                throw last != null ? last : ModelFailed.resting(left, "asked to be left alone for " + left.toSeconds() + " s");
            }
            // Not all at the same moment.
            pause(left.plusMillis(ThreadLocalRandom.current().nextLong(50, 250)));
        }
    }

    /** While it is tried with two calls nobody knows how long these take: the others come back one by one, and not all each second. */
    private Duration untilItOpens() {
        Duration left = Duration.between(Instant.now(), opensAt.get());
        long least = Duration.ofSeconds(1).toMillis();
        return Duration.ofMillis(left.isPositive()
                ? Math.max(least, left.toMillis())
                : ThreadLocalRandom.current().nextLong(least, Math.max(least, settings.coolDown().toMillis()) + 1));
    }

    private void changed(CircuitBreaker.State state) {
        if (state == CircuitBreaker.State.OPEN) {
            opensAt.set(Instant.now().plus(settings.coolDown()));
            LOG.warn("Model {} ({}) is left alone for {} s, since most of its calls failed: {}",
                    role, settings.name(), settings.coolDown().toSeconds(), lastFailure);
        } else if (state == CircuitBreaker.State.CLOSED) {
            LOG.warn("Model {} ({}) answers again", role, settings.name());
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ModelFailed.passing("stopped", "stopped while waiting for it");
        }
    }
}
