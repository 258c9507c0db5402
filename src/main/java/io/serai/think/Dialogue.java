package io.serai.think;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.serai.message.Prompt;
import io.serai.message.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What passes between the hub and a model for one answer: the prompt, then what the model asked tools for, and what they told. Any model can go on
 * with it where another one left off: names and ids are ours, and such as every provider takes.
 */
final class Dialogue {

    private final Head head;
    private final ModelSettings first;
    private final List<ChatMessage> exchange = new ArrayList<>();
    private final List<ToolSpecification> tools;
    private final List<ToolUse> uses = new ArrayList<>();

    /** @param first the model that the prompt was laid for */
    Dialogue(Prompt prompt, ModelSettings first, List<Tool> tools) {
        this.head = Head.of(prompt, first.promptRoom());
        this.first = first;
        this.tools = tools.stream().map(Dialogue::specification).toList();
    }

    boolean hasTools() {
        return !tools.isEmpty();
    }

    /** The prompt as a model was given it. */
    Prompt laid(ModelSettings model) {
        Head given = head(model);
        return given.prompt().laid(Frame.plain(messages(given)));
    }

    List<ToolUse> uses() {
        return uses;
    }

    /** @param tools whether the model may ask for more */
    ChatRequest request(ModelSettings model, boolean tools) {
        var request = ChatRequest.builder().messages(messages(head(model))).toolSpecifications(this.tools).build();
        return tools ? request : plain(request);
    }

    /** With a smaller window than that of the first a model is given less of memory, so that what tools told fits too. */
    private Head head(ModelSettings model) {
        if (model.holds(first)) {
            return head;
        }
        return head.within(model.promptRoom() - Math.max(0, Frame.cost(exchange) - model.toolRoom()));
    }

    private List<ChatMessage> messages(Head given) {
        return Stream.concat(given.messages().stream(), exchange.stream()).toList();
    }

    /** What the model asked for, and in the same order what it is told. */
    void add(AiMessage asked, List<ToolUse> told) {
        List<ToolExecutionRequest> requests = new ArrayList<>();
        List<ToolExecutionResultMessage> results = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            ToolUse use = told.get(i);
            // Mistral takes nine letters and digits, the others what they did not make themselves.
            String id = "call%05d".formatted(uses.size() + 1);
            var request = ToolExecutionRequest.builder().id(id).name(name(use)).arguments(Arguments.sound(use.arguments())).build();
            requests.add(request);
            results.add(ToolExecutionResultMessage.from(request, Fence.told(use)));
            uses.add(use);
        }
        // What it thought and its signatures go back with it: Anthropic wants them when it thinks.
        exchange.add(AiMessage.builder()
                .text(Answer.clean(asked.text()))
                .thinking(asked.thinking())
                .attributes(asked.attributes())
                .toolExecutionRequests(requests)
                .build());
        exchange.addAll(results);
    }

    /**
     * The same for a model that takes no tools, or is to have no more: what tools told stands with what was just said, as memory does, and nobody
     * asked for it.
     */
    static ChatRequest plain(ChatRequest request) {
        if (request.toolSpecifications().isEmpty()) {
            return request;
        }
        List<ChatMessage> messages = new ArrayList<>(request.messages().stream()
                .filter(message -> !(message instanceof ToolExecutionResultMessage) && !(message instanceof AiMessage asked && asked.hasToolExecutionRequests()))
                .toList());
        String told = request.messages().stream()
                .flatMap(message -> message instanceof ToolExecutionResultMessage result ? Stream.of(result.text()) : Stream.empty())
                .collect(Collectors.joining("\n\n"));
        if (!told.isEmpty() && messages.removeLast() instanceof UserMessage said) {
            messages.add(said.toBuilder().contents(List.of(TextContent.from(told + "\n\n" + said.singleText()))).build());
        }
        return ChatRequest.builder().messages(messages).build();
    }

    /** Whether a tool has told something. */
    static boolean isUnderWay(ChatRequest request) {
        return request.messages().stream().anyMatch(ToolExecutionResultMessage.class::isInstance);
    }

    private static ToolSpecification specification(Tool tool) {
        var schema = JsonObjectSchema.builder();
        tool.parameters().forEach(parameter -> {
            switch (parameter.type()) {
                case "integer" -> schema.addIntegerProperty(parameter.name(), parameter.description());
                case "number" -> schema.addNumberProperty(parameter.name(), parameter.description());
                case "boolean" -> schema.addBooleanProperty(parameter.name(), parameter.description());
                default -> {
                    if (parameter.choices().isEmpty()) {
                        schema.addStringProperty(parameter.name(), parameter.description());
                    } else {
                        schema.addEnumProperty(parameter.name(), parameter.choices(), parameter.description());
                    }
                }
            }
        });
        schema.required(tool.parameters().stream().filter(parameter -> !parameter.optional()).map(Tool.Parameter::name).toList());
        return ToolSpecification.builder().name(tool.name()).description(tool.description()).parameters(schema.build()).build();
    }

    /** What is not a name there as providers understand it would have the whole request refused. */
    private static String name(ToolUse use) {
        String name = use.tool().replaceAll("[^A-Za-z0-9_-]", "_");
        return name.isEmpty() ? "unknown" : name.substring(0, Math.min(name.length(), 64));
    }
}
