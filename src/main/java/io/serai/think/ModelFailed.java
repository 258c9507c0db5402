package io.serai.think;

import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of one model gave no answer: what came instead, and whether it may be better next time. Its text never holds what anybody wrote.
 */
final class ModelFailed extends RuntimeException {

    private static final Logger LOG = LoggerFactory.getLogger(ModelFailed.class);
    private static final Pattern CODE = Pattern.compile("\"(?:code|type|status)\"\\s*:\\s*\"([A-Za-z][A-Za-z0-9_.-]{2,60})\"");

    private static final Set<String> BLAMELESS = Set.of("429", "resting", "stopped");

    /** Ollama, OpenRouter, Groq, vLLM, llama.cpp: each says in its own words that a model takes no tools. */
    private static final Pattern NO_TOOLS = Pattern.compile(
            "(?:not support|that support)[^.]{0,60}\\btool|\\btools?\\b[^.]{0,60}(?:not support|unsupported|requires --)", Pattern.CASE_INSENSITIVE);

    /** OpenRouter, of all who serve a model. */
    private static final Pattern NOBODY_NOW = Pattern.compile("no endpoints? found", Pattern.CASE_INSENSITIVE);

    /** OpenAI: it takes tools, but not while it thinks. */
    private static final Pattern THINKING_WITH_TOOLS = Pattern.compile("\\btools? with reasoning_effort\\b", Pattern.CASE_INSENSITIVE);

    /** Anthropic: {@code "thinking.type.enabled" is not supported for this model}. */
    private static final Pattern BUDGET = Pattern.compile("\\bthinking\\.type\\b");

    /** OpenAI says it with 429, Anthropic with 400, others with 402 or 403: no waiting helps. */
    private static final Pattern BROKE = Pattern.compile("insufficient_quota|credit balance|insufficient (?:credit|balance)", Pattern.CASE_INSENSITIVE);

    private static final Pattern TEMPERATURE = Pattern.compile("\\btemperature\\b", Pattern.CASE_INSENSITIVE);

    /** OpenAI's models that think. */
    private static final Pattern COMPLETION_TOKENS = Pattern.compile("\\bmax_tokens\\b.{0,100}\\bmax_completion_tokens\\b", Pattern.DOTALL);

    private final String outcome;
    private final boolean passing;
    private final Duration retryAfter;
    private final Lack lack;
    private Count spent = Count.NONE;

    private ModelFailed(String outcome, boolean passing, Duration retryAfter, String what, Throwable cause) {
        super(what, cause);
        this.outcome = outcome;
        this.passing = passing;
        this.retryAfter = retryAfter;
        this.lack = null;
    }

    private ModelFailed(Lack lack, String what) {
        super(what);
        this.outcome = lack.outcome();
        this.passing = false;
        this.retryAfter = null;
        this.lack = lack;
    }

    /** A word for tables and metrics: an HTTP status, {@code timeout}, {@code network}, {@code empty} ... */
    String outcome() {
        return outcome;
    }

    /** Whether the same question to the same model may go well later. */
    boolean passing() {
        return passing;
    }

    /** When the model said it wants to be asked again, or null. */
    Duration retryAfter() {
        return retryAfter;
    }

    /** What it took, as far as the provider told it: an answer that is thrown away is paid for like any other. */
    Count spent() {
        return spent;
    }

    ModelFailed having(Count count) {
        spent = count;
        return this;
    }

    /** Whether it says something about the model's health: too many questions or a wrong one do not. */
    boolean speaksAgainstTheModel() {
        return passing && !BLAMELESS.contains(outcome);
    }

    /** Whether it does not take what was sent, and may take the same put otherwise. */
    boolean refusesTheRequest() {
        return outcome.equals("400") || outcome.equals("422");
    }

    /** What the model does not take, or null: without it the same question may go well. */
    Lack lack() {
        return lack;
    }

    static ModelFailed passing(String outcome, String what) {
        return new ModelFailed(outcome, true, null, what, null);
    }

    static ModelFailed forGood(String outcome, String what) {
        return new ModelFailed(outcome, false, null, what, null);
    }

    /** It thought for as long as an answer may be. */
    static ModelFailed wordless() {
        return forGood("length", "its answer was cut off before a word of it was written; check max-output-tokens, thinking, window");
    }

    /** It was not asked at all. */
    static ModelFailed resting(Duration left, String what) {
        return new ModelFailed("resting", true, left, what, null);
    }

    /** What a failure of LangChain4j or of the wire means. */
    static ModelFailed of(Throwable failure) {
        if (Thread.currentThread().isInterrupted()) {
            return new ModelFailed("stopped", true, null, "we stopped while it was asked", failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ModelFailed known -> {
                    return known;
                }
                case TurnedAway away -> {
                    return turnedAway(away);
                }
                case ContentFilteredException filtered -> {
                    return new ModelFailed("filtered", false, null, "its content filter kept the answer back", filtered);
                }
                case Body.AnswerTooLong endless -> {
                    return new ModelFailed("too-long", false, null, endless.getMessage(), endless);
                }
                case HttpTimeoutException late -> {
                    return new ModelFailed("timeout", true, null, "timed out (" + late.getMessage() + ")", late);
                }
                case UnresolvedModelServerException unknown -> {
                    return new ModelFailed("network", true, null, "its address is not known", unknown);
                }
                case com.fasterxml.jackson.core.JsonProcessingException garbled -> {
                    return new ModelFailed("unreadable", true, null, "sent what is no answer of its API; check base-url and provider",
                            garbled);
                }
                case IOException broken -> {
                    return new ModelFailed("network", true, null, "the connection failed (" + broken.getClass().getSimpleName() + ")",
                            broken);
                }
                default -> { }
            }
        }
        return new ModelFailed("unreadable", true, null, "sent what is no answer of its API (" + failure.getClass().getSimpleName() + ")",
                failure);
    }

    private static ModelFailed turnedAway(TurnedAway away) {
        int status = away.statusCode();
        String body = String.valueOf(away.getMessage());
        String code = code(body);
        LOG.debug("HTTP {}: {}", status, body);
        Lack tools = status >= 400 && status <= 501 && status != 429 ? aboutTools(body) : null;
        if (tools == Lack.TOOLS || tools == Lack.TOOLS_NOW) {
            return new ModelFailed(tools, "HTTP " + status + ": it takes no tools");
        }
        boolean broke = status == 402 || status >= 400 && status < 500 && BROKE.matcher(body).find();
        boolean refused = !broke && (status == 400 || status == 422);
        boolean passing = !broke && (status == 408 || status == 409 || status == 425 || status == 429 || status >= 500);
        String what = "HTTP " + status + (code.isEmpty() ? "" : " " + code) + check(status, broke);
        Lack lack = tools != null ? tools : refused ? aboutParameters(body) : null;
        return lack != null ? new ModelFailed(lack, what)
                : new ModelFailed(String.valueOf(status), passing, away.retryAfter(), what, null); // the body may repeat what people wrote
    }

    private static Lack aboutTools(String body) {
        return THINKING_WITH_TOOLS.matcher(body).find() ? Lack.THINKING_WITH_TOOLS // and in the words of one that takes none
                : !NO_TOOLS.matcher(body).find() ? null
                : NOBODY_NOW.matcher(body).find() ? Lack.TOOLS_NOW
                : Lack.TOOLS;
    }

    private static Lack aboutParameters(String body) {
        return COMPLETION_TOKENS.matcher(body).find() ? Lack.MAX_TOKENS
                : BUDGET.matcher(body).find() ? Lack.BUDGET
                : TEMPERATURE.matcher(body).find() ? Lack.TEMPERATURE
                : null;
    }

    private static String code(String body) {
        Matcher code = CODE.matcher(body);
        return code.find() ? code.group(1) : "";
    }

    private static String check(int status, boolean broke) {
        if (broke) {
            return "; check the credit of the account";
        }
        return switch (status) {
            case 401, 403 -> "; check api-key";
            case 404 -> "; check name and base-url";
            case 400, 413, 422 -> "; the prompt may be too long for it, or a parameter unknown to it: check window, thinking, temperature, max-output-tokens";
            default -> status < 400 ? "; check base-url: it points elsewhere" : "";
        };
    }
}
