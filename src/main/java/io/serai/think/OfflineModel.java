package io.serai.think;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What answers while no language model is connected. It is none, says so, and pretends nothing: it looks up the words of a question in what
 * memory laid into the prompt, and quotes what it finds with its date. The same prompt always gets the same answer.
 */
final class OfflineModel implements ChatModel, StreamingChatModel {

    /** In {@link io.serai.message.Prompt#now()} it says that nothing was said in this conversation before. */
    static final String FIRST = "First message of this conversation.";

    private static final String INTRODUCTION =
            "I am the offline model: no language model is connected, so I cannot write answers of my own. "
                    + "I keep what you tell me, and quote it with its date when you ask about it.";
    private static final String KEPT = "I have kept that.";
    private static final String GREETING = "Hello. Tell me something, or ask me about what you told me before.";
    private static final String NOTHING = "I found nothing about that in memory.";
    private static final String NOTHING_YET = "I have nothing in memory yet.";
    private static final String ALONE = "No language model is connected, and this needs one.";
    private static final List<String> OPENINGS = List.of(INTRODUCTION, KEPT, GREETING, NOTHING, NOTHING_YET, ALONE, "From memory:");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final Set<String> HIDDEN = Set.of(Fence.OPERATOR, Fence.HUB);

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(answer(request.messages())))
                .tokenUsage(new TokenUsage(0, 0))
                .finishReason(FinishReason.STOP)
                .build();
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        ChatResponse response = doChat(request);
        for (String word : response.aiMessage().text().split("(?<=\\s)")) {
            handler.onPartialResponse(word);
        }
        handler.onCompleteResponse(response);
    }

    private static String answer(List<ChatMessage> messages) {
        String last = messages.getLast() instanceof UserMessage user && user.hasSingleText() ? user.singleText() : "";
        int end = last.indexOf("</now>");
        if (end < 0) {
            return ALONE;
        }
        String said = last.substring(end + "</now>".length()).strip();
        boolean first = last.substring(last.lastIndexOf("<now>", end), end).contains(FIRST);
        String answer = answer(said, lines(messages));
        if (!first) {
            return answer;
        }
        return answer.equals(GREETING) ? INTRODUCTION : INTRODUCTION + "\n\n" + answer;
    }

    private static String answer(String said, List<Fence.Entry> lines) {
        boolean asks = Sentences.of(said).stream().anyMatch(Words::ask);
        var evidence = new Evidence(said, lines);
        if (!asks) {
            return evidence.namesNothing() ? GREETING : KEPT;
        }
        List<Fence.Entry> found = evidence.namesNothing() ? evidence.latest() : evidence.best();
        if (found.isEmpty()) {
            return evidence.namesNothing() ? NOTHING_YET : NOTHING;
        }
        return "From memory:\n\n" + String.join("\n\n", found.stream().map(line -> quote(line, Words.of(said))).distinct().toList()); // two layers may tell parts of one message
    }

    private static String quote(Fence.Entry line, Set<String> words) {
        String text = Sentences.quote(line.text(), words);
        if (line.who() == null) {
            return "I keep" + day(" since ", line.at()) + ": \"" + text + "\"";
        }
        boolean asked = Sentences.of(line.text()).stream().allMatch(Words::ask);
        String who = line.who().equals(Fence.US) ? "We said" : asked ? "You asked" : "You said";
        return who + day(" on ", line.at()) + ": \"" + text + "\"";
    }

    private static String day(String word, LocalDateTime at) {
        return at == null ? "" : word + DAY.format(at);
    }

    /**
     * All that may be quoted, oldest first, whatever order its layer tells it in: neither what operators noted nor what this model itself once answered.
     * Of the same minute the talk comes last.
     */
    private static List<Fence.Entry> lines(List<ChatMessage> messages) {
        List<Fence.Entry> lines = new ArrayList<>();
        messages.stream().map(OfflineModel::text).flatMap(text -> Fence.read(text).stream()).forEach(lines::add);
        messages.stream().flatMap(OfflineModel::talk).forEach(lines::add);
        return lines.stream()
                .filter(OfflineModel::mayBeQuoted)
                .sorted(Comparator.comparing(Fence.Entry::at, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }

    private static boolean mayBeQuoted(Fence.Entry line) {
        boolean own = OPENINGS.stream().anyMatch(line.text().strip()::startsWith);
        return !own && !line.block().equals("notes") && (line.who() == null || !HIDDEN.contains(line.who()));
    }

    private static Stream<Fence.Entry> talk(ChatMessage message) {
        Map<String, Object> attributes = switch (message) {
            case UserMessage user -> user.attributes();
            case AiMessage answer -> answer.attributes();
            default -> Map.of();
        };
        return attributes.get(Frame.ENTRIES) instanceof List<?> entries ? entries.stream().map(Fence.Entry.class::cast) : Stream.of();
    }

    private static String text(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> system.text();
            case UserMessage user when user.hasSingleText() -> user.singleText();
            default -> "";
        };
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return DefaultChatRequestParameters.EMPTY;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return List.of();
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OTHER;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of();
    }
}
