package io.serai.think;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why an answer ends, where LangChain4j does not tell: it knows few of the words and keeps none. It is read on the wire, of a stream piece by piece.
 * Within a text that somebody wrote quotes are escaped, and nothing is found.
 */
final class LastWord {

    /** OpenRouter and Mistral, vLLM, DeepSeek: the answer could not be written to its end. */
    private static final Pattern BROKEN = Pattern.compile("\"finish_reason\"\\s*:\\s*\"(?:error|abort|insufficient_system_resource)\"");

    private static final Pattern MALFORMED = Pattern.compile("\"finishReason\"\\s*:\\s*\"(?:OTHER|FINISH_REASON_UNSPECIFIED|MALFORMED_FUNCTION_CALL)\"");
    private static final Pattern REFUSED = Pattern.compile("\"stop_reason\"\\s*:\\s*\"refusal\"");
    private static final Pattern BLOCKED = Pattern.compile("\"blockReason\"\\s*:\\s*\"([A-Z_]+)\"");
    private static final Pattern CANDIDATES = Pattern.compile("\"candidates\"\\s*:");

    private LastWord() {}

    /** @return throws {@link ModelFailed} when it reads that there is no answer, or half of one */
    static Consumer<String> of(Provider provider) {
        return switch (provider) {
            case OPEN_AI, MISTRAL -> text -> demandWhole(text, BROKEN);
            case ANTHROPIC -> LastWord::demandNoRefusal;
            case GEMINI -> text -> {
                demandNoBlock(text);
                demandWhole(text, MALFORMED);
            };
            case OLLAMA, OFFLINE -> text -> {};
        };
    }

    static ModelFailed truncated() {
        return ModelFailed.passing("truncated", "its answer broke off in the middle");
    }

    private static void demandWhole(String text, Pattern broken) {
        if (broken.matcher(text).find()) {
            throw truncated();
        }
    }

    private static void demandNoRefusal(String text) {
        if (REFUSED.matcher(text).find()) {
            throw ModelFailed.forGood("filtered", "its content filter kept the answer back");
        }
    }

    /** Gemini says 200 also when it does not let a prompt in; LangChain4j, which then finds no candidates, would take it for no answer of its API. */
    private static void demandNoBlock(String text) {
        Matcher blocked = BLOCKED.matcher(text);
        if (blocked.find() && !CANDIDATES.matcher(text).find()) {
            throw ModelFailed.forGood("filtered", "its content filter kept the prompt out (" + blocked.group(1) + ")");
        }
    }
}
