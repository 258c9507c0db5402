package io.serai.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.PipelineDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RemoveHeaderDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.ScriptDefinition;
import org.apache.camel.model.StepDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.processor.RemoveHeaderProcessor;
import org.apache.camel.processor.RemoveHeadersProcessor;
import org.apache.camel.support.DefaultExchange;

/**
 * Leads hostile headers through every door, in and out, and every tool, on all its ways, and refuses a door where one is alive at a step that could be steered by
 * it: an endpoint or a bean. Nothing is sent: of the steps only those that wipe headers are done. What a far side answers is as hostile, also where a
 * route or a Kamelet that the door calls has asked it.
 *
 * <p>Why: foreign mail headers, query parameters and answers become headers, and components obey headers (CVE-2025-27636 and those that followed).
 */
final class Customs {

    /** What would steer http, file, telegram, mail, slack, sql, beans; and one that steers nobody yet. */
    private static final Set<String> HOSTILE = Set.of(
            "CamelHttpUri", "CamelHttpPath", "CamelHttpQuery", "CamelHttpMethod", "CamelBeanMethodName", "CamelFileName", "CamelTelegramChatId",
            "CamelToEndpoint", "CamelSqlQuery", "CamelSlackChannel", "mail.smtp.host", "mail.smtp.socks.host", "to", "bcc", "kamelet", "Authorization",
            "X-Foreign");

    /** A step of a door that a hostile header reaches. */
    record Leak(RouteDefinition door, int line, String what) {}

    private final CamelContext context;
    private final RouteDefinition door;
    private final List<Leak> leaks = new ArrayList<>();

    /** The addresses that are being looked behind, for one may call itself. */
    private final Set<String> within;

    private Customs(CamelContext context, RouteDefinition door, Set<String> within) {
        this.context = context;
        this.door = door;
        this.within = within;
    }

    /** @throws RoutesUnusable naming the route, its file and the step that would get a hostile header */
    static void inspect(CamelContext context, Collection<RouteDefinition> routes) {
        leaks(context, routes).stream().findFirst().ifPresent(leak -> {
            String file = leak.door().getResource() == null ? leak.door().getRouteId() : leak.door().getResource().getLocation();
            throw new RoutesUnusable(file, new IllegalStateException(leak.what()));
        });
    }

    /** The first leak of each door that has one. */
    static List<Leak> leaks(CamelContext context, Collection<RouteDefinition> routes) {
        return routes.stream()
                .filter(route -> isTool(route) || isDoor(route))
                .map(door -> new Customs(context, door, Set.of()))
                .flatMap(customs -> customs.leaks().stream().limit(1))
                .toList();
    }

    private List<Leak> leaks() {
        pass(door.getOutputs(), isTool(door) ? Set.of() : HOSTILE);
        return leaks;
    }

    /** By its name, by its address, or by its folder where something comes in by itself. */
    private static boolean isDoor(RouteDefinition route) {
        String start = route.getInput() == null ? "" : route.getInput().getEndpointUri();
        String file = route.getResource() == null ? "" : route.getResource().getLocation();
        return route.getRouteId().matches("(receive|deliver)/.*") || start.matches("direct:(//)?(receive|deliver)/.*")
                || file.matches("(.*:)?routes/(receive|deliver)/.*") && !Indoors.is(start);
    }

    /** What a model writes stands in the body, and there are no headers beside it; what a far side answers has some. */
    private static boolean isTool(RouteDefinition route) {
        return route.getRouteId().startsWith(ToolFiles.FOLDER);
    }

    /** Goes through the steps; returns what is alive behind the last of them. */
    private Set<String> pass(List<? extends ProcessorDefinition<?>> steps, Set<String> alive) {
        for (ProcessorDefinition<?> step : steps) {
            alive = pass(step, alive);
        }
        return alive;
    }

    private Set<String> pass(ProcessorDefinition<?> step, Set<String> alive) {
        if (canBeSteered(step)) {
            require(alive.isEmpty(), step, alive);
        }
        return switch (step) {
            case RemoveHeadersDefinition wipe -> wiped(alive, new RemoveHeadersProcessor(wipe.getPattern(), spared(wipe)));
            case RemoveHeaderDefinition wipe -> wiped(alive, new RemoveHeaderProcessor(wipe.getName()));
            case WireTapDefinition<?> tap -> alive; // what it sends is a copy
            case ToDefinition to -> behind(to.getUri(), alive);
            case ToDynamicDefinition to -> behind(to.getUri(), alive);
            case EnrichDefinition enrich -> HOSTILE;
            case PollEnrichDefinition enrich -> HOSTILE;
            case RecipientListDefinition<?> list -> HOSTILE;
            case RoutingSlipDefinition<?> slip -> HOSTILE;
            case PipelineDefinition block -> pass(block.getOutputs(), alive);
            case StepDefinition block -> pass(block.getOutputs(), alive);
            case TryDefinition block -> tried(block, alive);
            case ChoiceDefinition choice -> branches(choice, alive);
            case LoopDefinition loop when !"true".equals(loop.getCopy()) -> // what came of one round stands before the next
                    union(alive, pass(loop.getOutputs(), union(alive, pass(loop.getOutputs(), alive))));
            default -> union(alive, pass(step.getOutputs(), alive)); // it may be gone through, or not
        };
    }

    /** Of our own routes and Kamelets it is what their steps leave, far sides or not; of any other component everything. */
    private Set<String> behind(String address, Set<String> alive) {
        if (!Indoors.is(address)) {
            return HOSTILE;
        }
        if (within.contains(address)) {
            return alive;
        }
        Set<String> behind = null;
        for (List<? extends ProcessorDefinition<?>> steps : Indoors.steps(context, address)) {
            Set<String> left = new Customs(context, door, union(within, Set.of(address))).pass(steps, alive);
            behind = behind == null ? left : union(behind, left);
        }
        return behind == null ? alive : behind;
    }

    private Set<String> branches(ChoiceDefinition choice, Set<String> alive) {
        Set<String> behind = choice.getOtherwise() == null ? alive : pass(choice.getOtherwise().getOutputs(), alive);
        for (WhenDefinition when : choice.getWhenClauses()) {
            behind = union(behind, pass(when.getOutputs(), alive));
        }
        return behind;
    }

    /** What fails may fail anywhere, so all that could come is alive where it is caught. */
    private Set<String> tried(TryDefinition block, Set<String> alive) {
        List<ProcessorDefinition<?>> attempt = block.getOutputsWithoutCatches();
        Set<String> behind = pass(attempt.stream().filter(step -> !(step instanceof FinallyDefinition)).toList(), alive);
        for (CatchDefinition caught : block.getCatchClauses()) {
            behind = union(behind, pass(caught.getOutputs(), HOSTILE));
        }
        return block.getFinallyClause() == null ? behind : pass(block.getFinallyClause().getOutputs(), HOSTILE);
    }

    /** As Camel itself does it, with the headers on a real message. */
    private Set<String> wiped(Set<String> alive, Processor wipe) {
        Exchange exchange = new DefaultExchange(context);
        alive.forEach(name -> exchange.getMessage().setHeader(name, "hostile"));
        try {
            wipe.process(exchange);
        } catch (Exception unusable) {
            throw new RoutesUnusable(door.getRouteId(), unusable);
        }
        return Set.copyOf(exchange.getMessage().getHeaders().keySet());
    }

    private static String[] spared(RemoveHeadersDefinition wipe) {
        return wipe.getExcludePatterns() != null || wipe.getExcludePattern() == null
                ? wipe.getExcludePatterns()
                : new String[] {wipe.getExcludePattern()};
    }

    private void require(boolean clean, ProcessorDefinition<?> step, Set<String> alive) {
        if (!clean) {
            leaks.add(new Leak(door, step.getLineNumber(), ("hostile headers (%s) reach the step '%s' at line %d of route %s: write"
                    + " `- removeHeaders: {pattern: \"*\"}` before it").formatted(
                            alive.stream().sorted().limit(3).collect(Collectors.joining(", ")), step.getLabel(), step.getLineNumber(), door.getRouteId())));
        }
    }

    private static boolean canBeSteered(ProcessorDefinition<?> step) {
        return switch (step) {
            case ToDefinition to -> true;
            case ToDynamicDefinition to -> true;
            case BeanDefinition bean -> true;
            case EnrichDefinition enrich -> true;
            case PollEnrichDefinition enrich -> true;
            case RecipientListDefinition<?> list -> true;
            case RoutingSlipDefinition<?> slip -> true;
            case DynamicRouterDefinition<?> router -> true;
            case KameletDefinition kamelet -> true;
            case ProcessDefinition process -> true;
            case ScriptDefinition script -> true;
            default -> false;
        };
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
