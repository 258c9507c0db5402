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

    /** OpenAI says it with 429, Anthropic with 400, others with 402 or 403: no waiting helps. */
    private static final Pattern BROKE = Pattern.compile("insufficient_quota|credit balance|insufficient (?:credit|balance)", Pattern.CASE_INSENSITIVE);

    private static final Pattern TEMPERATURE = Pattern.compile("\\btemperature\\b", Pattern.CASE_INSENSITIVE);

    /** OpenAI's models that think. */
    private static final Pattern COMPLETION_TOKENS = Pattern.compile("\\bmax_tokens\\b.{0,100}\\bmax_completion_tokens\\b", Pattern.DOTALL);

    private static final String WITHOUT_TOOLS = "no-tools";
    private static final String WITHOUT_TEMPERATURE = "no-temperature";
    private static final String WITHOUT_MAX_TOKENS = "no-max-tokens";

    private final String outcome;
    private final boolean passing;
    private final Duration retryAfter;
    private Count spent = Count.NONE;

    private ModelFailed(String outcome, boolean passing, Duration retryAfter, String what, Throwable cause) {
        super(what, cause);
        this.outcome = outcome;
        this.passing = passing;
        this.retryAfter = retryAfter;
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

    /** Whether the same question without tools may go well. */
    boolean wantsNoTools() {
        return outcome.equals(WITHOUT_TOOLS);
    }

    /** Whether the same question may go well without the temperature that we added to it. */
    boolean wantsNoTemperature() {
        return outcome.equals(WITHOUT_TEMPERATURE);
    }

    /** Whether the same question may go well when the limit of an answer goes by its newer name. */
    boolean wantsCompletionTokens() {
        return outcome.equals(WITHOUT_MAX_TOKENS);
    }

    static ModelFailed passing(String outcome, String what) {
        return new ModelFailed(outcome, true, null, what, null);
    }

    static ModelFailed forGood(String outcome, String what) {
        return new ModelFailed(outcome, false, null, what, null);
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
        if (status >= 400 && status <= 501 && status != 429 && NO_TOOLS.matcher(body).find()) {
            return new ModelFailed(WITHOUT_TOOLS, false, null, "HTTP " + status + ": it takes no tools", null);
        }
        boolean broke = status == 402 || status >= 400 && status < 500 && BROKE.matcher(body).find();
        boolean refused = !broke && (status == 400 || status == 422);
        boolean passing = !broke && (status == 408 || status == 409 || status == 425 || status == 429 || status >= 500);
        String what = "HTTP " + status + (code.isEmpty() ? "" : " " + code) + check(status, broke);
        LOG.debug("HTTP {}: {}", status, body);
        String outcome = refused && COMPLETION_TOKENS.matcher(body).find() ? WITHOUT_MAX_TOKENS
                : refused && TEMPERATURE.matcher(body).find() ? WITHOUT_TEMPERATURE
                : String.valueOf(status);
        return new ModelFailed(outcome, passing, away.retryAfter(), what, null); // the body may repeat what people wrote
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
