package io.serai.think;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.serai.message.Beginning;
import io.serai.message.Call;
import io.serai.message.ToolUse;
import io.serai.message.Turn;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Uses the tools that a model asks for. Nothing that goes wrong there ends the turn: the model is told, and goes on. What it is told never holds an
 * error's own text, which may name addresses and keys of other systems.
 */
@Component
class Errands {

    private static final Logger LOG = LoggerFactory.getLogger("serai.tool");

    /** Characters of arguments that are read. */
    private static final int LONGEST = 16_384;

    /** Characters of them that are kept when they are longer. */
    private static final int KEPT = 1_000;

    private final ObjectProvider<Toolbox> toolbox;
    private final ToolSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;

    Errands(ObjectProvider<Toolbox> toolbox, ToolSettings settings, MeterRegistry meters, Clock clock) {
        this.toolbox = toolbox;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    private record Outcome(String word, String text) {}

    ToolSettings settings() {
        return settings;
    }

    /** What there is now. */
    List<Tool> tools() {
        return settings.rounds() == 1 ? List.of() : toolbox.stream().flatMap(box -> box.tools().stream()).toList();
    }

    /** @param most characters that the model may be told */
    ToolUse run(Turn turn, ToolExecutionRequest request, int most) {
        String name = clean(request.name());
        String arguments = clean(request.arguments());
        Optional<Tool> tool = tools().stream().filter(known -> known.name().equals(name)).findFirst();
        long begun = System.nanoTime();
        Outcome outcome = tool.map(known -> run(turn, known, arguments)).orElseGet(() -> unknown(name));
        book(tool.map(Tool::name).orElse("unknown"), outcome, Duration.ofNanos(System.nanoTime() - begun)); // a name of the model's is no label
        return use(name, arguments, outcome.word(), cut(outcome.text(), Math.min(most, settings.result())));
    }

    /** What is not done, and why. */
    ToolUse leave(ToolExecutionRequest request, String why) {
        return use(clean(request.name()), clean(request.arguments()), "not-run", "Not done: " + why + ".");
    }

    private ToolUse use(String name, String arguments, String outcome, String text) {
        String kept = arguments.length() > LONGEST ? Beginning.of(arguments, KEPT) : arguments;
        return new ToolUse(Beginning.of(name, 100), kept, outcome, text, clock.instant());
    }

    private Outcome unknown(String name) {
        String there = tools().stream().map(Tool::name).collect(Collectors.joining(", "));
        String what = "There is no tool '%s'. There is: %s.".formatted(Beginning.of(name, 100), there.isEmpty() ? "none" : there);
        return new Outcome("unknown-tool", what);
    }

    private Outcome run(Turn turn, Tool tool, String written) {
        try {
            Map<String, Object> arguments = read(tool, written);
            String text = clean(await(new FutureTask<>(() -> toolbox.getObject().use(new Call(turn, tool.name(), arguments)))));
            return new Outcome("ok", text.isBlank() ? "(nothing)" : text);
        } catch (JsonProcessingException malformed) {
            return new Outcome("malformed", "The arguments are no JSON object.");
        } catch (WrongArgument wrong) {
            return new Outcome("wrong-arguments", "Wrong arguments: " + wrong.getMessage() + ".");
        } catch (TimeoutException late) {
            LOG.warn("Tool {} gave nothing within {} ms in conversation {}", tool.name(), settings.timeout().toMillis(), turn.conversation().id());
            return new Outcome("late", "It gave nothing within %d ms.".formatted(settings.timeout().toMillis()));
        } catch (ExecutionException failed) {
            LOG.warn("Tool {} failed in conversation {}: {}", tool.name(), turn.conversation().id(), String.valueOf(failed.getCause()));
            LOG.debug("Tool {}", tool.name(), failed);
            return new Outcome("failed", "It failed.");
        }
    }

    private Map<String, Object> read(Tool tool, String written) throws JsonProcessingException {
        if (written.length() > LONGEST) {
            throw new WrongArgument("they have %d characters, and may have %d".formatted(written.length(), LONGEST));
        }
        Map<String, Object> arguments = Arguments.read(written);
        List<String> known = tool.parameters().stream().map(Tool.Parameter::name).toList();
        for (String name : arguments.keySet()) {
            if (!known.contains(name)) {
                String there = known.isEmpty() ? "none" : String.join(", ", known);
                throw new WrongArgument("there is no '%s', there is: %s".formatted(Beginning.of(name, 100), there));
            }
        }
        return arguments;
    }

    /** One that is too late is broken off. */
    private String await(FutureTask<String> errand) throws TimeoutException, ExecutionException {
        Thread runner = Thread.ofVirtual().name("tool").start(errand);
        try {
            return errand.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof WrongArgument wrong) {
                    throw wrong;
                }
            }
            throw failed;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ModelFailed.passing("stopped", "stopped while a tool was used");
        } finally {
            if (!errand.isDone()) {
                runner.interrupt();
            }
        }
    }

    private void book(String tool, Outcome outcome, Duration took) {
        meters.counter("serai.tool.calls", "tool", tool, "outcome", outcome.word()).increment();
        meters.timer("serai.tool.time", "tool", tool).record(took);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : Beginning.of(text, most) + " [cut: the first %d of %d characters]".formatted(most, text.length());
    }

    private static String clean(String text) {
        return text == null ? "" : Answer.clean(text);
    }
}
