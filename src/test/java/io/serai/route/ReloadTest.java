package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.serai.think.Tool;
import io.serai.town.Printed;
import io.serai.town.Town;
import io.serai.town.Visitor;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spring.SpringCamelContext;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** An edit of a file while the hub serves. */
@Tag("database")
class ReloadTest {

    @TempDir
    private static Path home;

    private static Town town;
    private static FileSet house;
    private static Reload reload;

    @BeforeAll
    static void open() throws IOException {
        HouseCopy.into(home);
        town = Town.with(Map.of("serai.home", home, "serai.limits.chat-per-visitor", 100_000, "serai.answer.layer-timeout", "2s", "serai.scene.door", "hush-hush"));
        reload = town.bean(Reload.class);
        house = reload.read();
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @AfterEach
    void putBack() throws IOException {
        town.model().takes(Duration.ZERO);
        for (String file : house.changedSince(reload.read())) {
            if (house.texts().containsKey(file)) {
                write(file, house.texts().get(file));
            } else {
                Files.delete(home.resolve(file));
            }
        }
        await().until(() -> isLive(reload, house));
    }

    @Test
    void putsAnEditToWork() throws IOException {
        echo("first");
        awaitLive();
        assertThat(ask("direct:echo")).isEqualTo("first");
        echo("second");
        awaitLive();
        assertThat(ask("direct:echo")).isEqualTo("second");
        assertThat(reload.routes()).filteredOn(route -> route.id().equals("echo")).singleElement()
                .satisfies(route -> assertThat(route.total()).isEqualTo(1));
    }

    @Test
    void stopsWhatIsDeletedAndLeavesNothingOfWhatIsRenamed() throws IOException {
        echo("here");
        awaitLive();
        Files.delete(home.resolve("routes/echo.yaml"));
        write("routes/other.yaml", route("other", "direct:other", "- setBody:\n    constant: there"));
        awaitLive();
        assertThat(ask("direct:other")).isEqualTo("there");
        await().untilAsserted(() -> {
            assertThat(camel().getRoute("echo")).isNull();
            assertThat(((ModelCamelContext) camel()).getRouteDefinition("echo")).isNull();
            assertThat(camel().hasEndpoint("direct:echo")).isNull();
        });
    }

    @Test
    void takesTheEditOfAKameletToAllWhoUseIt() throws IOException {
        write("processors/tell.kamelet.yaml", tell("one"));
        write("routes/echo.yaml", route("echo", "direct:echo", "- to:\n    uri: kamelet:tell\n    parameters:\n      word: says"));
        awaitLive();
        assertThat(ask("direct:echo")).isEqualTo("says one");
        write("processors/tell.kamelet.yaml", tell("two"));
        awaitLive();
        assertThat(ask("direct:echo")).isEqualTo("says two");
        await().untilAsserted(() -> assertThat(kamelets("tell")).isEqualTo(1));
        Files.delete(home.resolve("routes/echo.yaml"));
        Files.delete(home.resolve("processors/tell.kamelet.yaml"));
        awaitLive();
        await().untilAsserted(() -> {
            assertThat(kamelets("tell")).isZero();
            assertThat(((ModelCamelContext) camel()).getRouteTemplateDefinition("tell")).isNull();
            assertThat(camel().getEndpoints()).noneMatch(endpoint -> endpoint instanceof KameletEndpoint kamelet && kamelet.getTemplateId()
                    .equals("tell"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"routes/all.yaml", "routes/zz.yaml"})
    void takesARouteConfigurationToAllRoutes(String file) throws IOException {
        write("routes/echo.yaml", route("echo", "direct:echo",
                "- throwException:\n    exceptionType: java.lang.IllegalStateException\n    message: no"));
        write(file, configuration("one"));
        awaitLive();
        assertThat(ask("direct:echo")).isEqualTo("one");
        write(file, configuration("two"));
        awaitLive();
        assertThat(ask("direct:echo")).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(classes = {File.class, FileInputStream.class, FileOutputStream.class, URL.class})
    void makesNothingOfATextThatOpensAFile(Class<?> type) {
        assertThat(camel().getTypeConverter().convertTo(type, home.resolve("routes/listen.yaml").toUri().toString())).isNull();
        assertThat(camel().getTypeConverter().convertTo(type, home.resolve("scratch").toString())).isNull();
    }

    @Test
    void letsARouteRestThatASettingPutsToRest() throws IOException {
        String resting = route("resting", "direct:resting", "- log: x").replace("    id: resting\n", "    id: resting\n    autoStartup: \"{{serai.scene.resting:false}}\"\n");
        write("routes/resting.yaml", resting);
        awaitLive();
        assertThat(reload.routes()).filteredOn(route -> route.id().equals("resting")).extracting(RouteState::state).containsExactly("Stopped");
        write("routes/tools/count.yaml", """
                - route:
                    id: tools/count
                    description: Counts
                    autoStartup: "{{serai.scene.counting:%s}}"
                    from:
                      uri: direct:tools/count
                      steps:
                        - bean:
                            ref: recollect
                """.formatted("false"));
        awaitLive();
        assertThat(reload.tools()).extracting(Tool::name).doesNotContain("count");
    }

    @Test
    void looksOnWhenAFileHadNoEnd() throws IOException {
        write("routes/endless.yaml", "- &a [*a]\n");
        await().until(() -> reload.refusal() != null);
        assertThat(reload.refusal().faults()).extracting(Fault::toString).singleElement().asString().startsWith("routes/endless.yaml:1:1: nested too deeply");
        Files.delete(home.resolve("routes/endless.yaml"));
        echo("still here");
        awaitLive();
        assertThat(ask("direct:echo")).isEqualTo("still here");
    }

    @Test
    void leavesNoTriggerOfQuartzBehind() throws Exception {
        await("what other scenes had ticking is gone").until(() -> reload.leavingVersions() == 0);
        int ours = triggers();
        write("routes/clock.yaml", clock("clock", "0 0 3 * * ?"));
        awaitLive();
        assertThat(triggers()).isEqualTo(ours + 1);
        write("routes/clock.yaml", clock("clock", "0 0 4 * * ?"));
        awaitLive();
        await().until(() -> triggers() == ours + 1);
        write("routes/clock.yaml", clock("watch", "0 0 4 * * ?"));
        awaitLive();
        await().until(() -> triggers() == ours + 1);
        Files.delete(home.resolve("routes/clock.yaml"));
        awaitLive();
        await().until(() -> triggers() == ours);
    }

    @Test
    void ticksOnWhenTheTimeOfAClockIsEdited() throws IOException {
        write("routes/clock.yaml", clock("clock", "0-59 * * * * ?"));
        awaitLive();
        await().until(() -> total("clock") > 0);
        write("routes/clock.yaml", clock("clock", "0/1 * * * * ?"));
        awaitLive();
        await().until(() -> reload.leavingVersions() == 0);
        long since = total("clock");
        await().untilAsserted(() -> assertThat(total("clock")).isGreaterThan(since + 1));
    }

    @Test
    void ticksOnWhenTheRouteOfAClockIsRenamed() throws IOException {
        write("routes/clock.yaml", clock("clock", "0-59 * * * * ?"));
        awaitLive();
        await().until(() -> total("clock") > 0);
        write("routes/clock.yaml", clock("clock", "0-59 * * * * ?").replace("id: clock", "id: watch"));
        awaitLive();
        await().until(() -> reload.leavingVersions() == 0);
        long since = total("watch");
        await().untilAsserted(() -> assertThat(total("watch")).isGreaterThan(since + 1));
    }

    @Test
    void ticksOnWhenTheEditOfAClockCannotBePutToWork() throws IOException {
        write("routes/first.yaml", route("first", "direct:first", "- log: first").replace("    description", "    startupOrder: 7\n    description"));
        write("routes/clock.yaml", clock("clock", "0-59 * * * * ?"));
        awaitLive();
        FileSet clash = reload.read().with("routes/clock.yaml",
                clock("clock", "0/1 * * * * ?").replace("    description", "    startupOrder: 7\n    description"));
        assertThatThrownBy(() -> reload.apply(clash, "scene")).isInstanceOf(SetRefused.class).hasMessageContaining("startupOrder");
        await().until(() -> reload.leavingVersions() == 0);
        long since = total("clock");
        await().untilAsserted(() -> assertThat(total("clock")).isGreaterThan(since + 1));
        assertThat(reload.apply("scene").outcome()).isEqualTo("applied");
    }

    @Test
    void runsOnWhenTheFileThatAnswersIsRenamed() throws IOException {
        Files.move(home.resolve("routes/answer.yaml"), home.resolve("routes/answer.yaml.bak"));
        await().until(() -> reload.refusal() != null);
        assertThat(reload.refusal().faults()).singleElement().hasToString(
                "routes/answer.yaml:1:1: no route starts from 'work:turns': nobody would be answered (the file is gone; put it back)");
        Visitor customer = town.visitor();
        town.model().says("as ever");
        customer.says("Are you there?");
        customer.hears("as ever");
        Files.delete(home.resolve("routes/answer.yaml.bak"));
    }

    @Test
    void leavesOutALayerOfOnesOwnThatFailsOnWhatItFinds(Printed output) throws IOException {
        town.model().says("as ever");
        write("routes/enrich.yaml", house.texts().get("routes/enrich.yaml").stripTrailing() + """

                        - to:
                            uri: kamelet:recall
                            parameters:
                              layer: orders
                              budget: 300
                """);
        List<String> questions = Stream.generate(() -> "Hello " + UUID.randomUUID()).limit(2).toList();
        for (String fields : List.of("'a' as source, 'boss' as role, now() as at, 'x' as text", "'a' as source, null as role, 7 / (id - id) as at, 'x' as text",
                "'a' as source, null as role, now() as at, (7 / (id - id))::text as text", "'a' as source, null as role, now() as at, (select text::int::text from talk where contact_id = :contact limit 1) as text",
                "'a' as source, null as role, now() as at, (select 'x' from pg_sleep(60)) as text",
                "null as source, null as role, null as at, null as text")) {
            write("memory/layers/orders.sql", "-- heading: Orders\n-- place: turn\nselect %s from contact where id = :contact\n".formatted(fields));
            awaitLive();
            Visitor customer = town.visitor();
            for (String question : questions) {
                customer.says(question);
                customer.hears("as ever");
            }
        }
        assertThat(output).contains("The layer orders is left out, its query fails: ERROR: division by zero", "invalid input syntax for type integer",
                "canceling statement due to statement timeout")
                .doesNotContain(questions);
    }

    /** Nobody waits for a timer, so the log is all there is; a trace each time would hide everything else, and an address may carry a token. */
    @Test
    void tellsOnceThatATimerFailsAndOnceThatItWorksAgain(Printed output) throws IOException {
        var status = new AtomicInteger(500);
        HttpServer far = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        far.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        far.start();
        try {
            String address = "http://127.0.0.1:" + far.getAddress().getPort();
            write("processors/poll.kamelet.yaml", tell("").replace("name: tell", "name: poll")
                    .replaceFirst("(?s)- setBody:.*", "- to: " + address + "/a-secret/poll\n"));
            String poll = "- to: kamelet:poll";
            write("routes/often.yaml", route("often", "timer:often?period=20&delay=0", poll));
            write("routes/by-the-clock.yaml", route("by-the-clock", "quartz:clock?cron=*+*+*+*+*+?", poll));
            awaitLive();
            List<String> both = List.of("often", "by-the-clock");
            await().until(() -> reload.routes().stream().filter(route -> both.contains(route.id()) && route.failed() > 1).count() == 2);
            for (String route : both) {
                assertThat(output).contains("The route %s fails and goes on trying: HttpOperationFailedException: HTTP operation failed invoking %s with statusCode: 500"
                        .formatted(route, address));
            }
            assertThat(output.toString().split(Pattern.quote(address), -1)).as("times that either is told, be it by a trace").hasSize(3);
            status.set(200);
            both.forEach(route -> await().until(() -> output.toString().contains("The route " + route + " works again")));
            assertThat(output).doesNotContain("a-secret", "The route poll");
        } finally {
            far.stop(0);
        }
    }

    @Test
    void refusesALayerOfATableThatLayersMayNotRead() throws IOException {
        town.sql().sql("create table open_order (contact_id bigint, text text)").update();
        town.sql().sql("revoke all on open_order from serai_recall").update();
        write("memory/layers/orders.sql", """
                -- heading: Orders
                -- place: turn
                select 'a' as source, null as role, null as at, text from open_order where contact_id = :contact
                """);
        await().until(() -> reload.refusal() != null);
        assertThat(reload.refusal().faults()).singleElement().asString()
                .contains("permission denied for table open_order", "grant select on it to serai_recall");
    }

    @Test
    void answersNewMessagesByTheNewVersionWhileTheOldOneFinishesWhatItHas() throws IOException {
        var over = new CountDownLatch(1);
        town.model().answersBy(request -> request.lastUser().contains("a long question") ? slowly(over) : "at once");
        List<Visitor> patient = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Visitor visitor = town.visitor();
            visitor.says("a long question");
            patient.add(visitor);
        }
        int asked = town.model().requests().size();
        await().until(() -> reload.routes().stream().filter(route -> route.id().equals("answer")).findFirst().orElseThrow().inFlight() == 50);
        String answer = house.texts().get("routes/answer.yaml");
        write("routes/answer.yaml", answer.replace("        - bean:\n            ref: keep",
                "        - log: the new version\n        - bean:\n            ref: keep"));
        awaitLive();
        assertThat(reload.leavingVersions()).isPositive();
        Visitor hasty = town.visitor();
        hasty.says("a short question");
        hasty.hears("at once");
        // whoever asked may hear the answer before the route has done with it
        await().untilAsserted(() -> assertThat(reload.routes()).filteredOn(route -> route.id().equals("answer")).singleElement().satisfies(route -> {
            assertThat(route.leaving()).isEqualTo(50);
            assertThat(route.total()).isEqualTo(1);
        }));
        over.countDown();
        patient.forEach(visitor -> assertThat(visitor.hears()).isEqualTo("slowly"));
        await().until(() -> reload.leavingVersions() == 0);
        assertThat(town.model().requests().size() - asked).isLessThanOrEqualTo(51);
    }

    @Test
    void runsOnWhenASetIsRefusedAndSaysSo() throws IOException {
        Visitor customer = town.visitor();
        town.model().says("as ever");
        write("routes/answer.yaml", house.texts().get("routes/answer.yaml").replace("ref: keep ", "ref: kepe "));
        write("memory/layers/facts.sql", house.texts().get("memory/layers/facts.sql").replace("order by id", "order by idd"));
        await().until(() -> reload.refusal() != null);
        assertThat(reload.refusal().faults()).extracting(Fault::toString).containsExactly(
                "memory/layers/facts.sql:9:1: column \"idd\" does not exist",
                "routes/answer.yaml:27:18: no bean named 'kepe' (did you mean 'keep'?)");
        assertThat(town.bean(RoutesHealth.class).health().getStatus().getCode()).isEqualTo("OUT_OF_DATE");
        customer.says("Are you there?");
        customer.hears("as ever");
    }

    @Test
    void refusesEveryBadEditWhileMessagesPass() throws IOException {
        echo("well");
        awaitLive();
        FileSet files = reload.read();
        for (BadEdit edit : BadEdit.all()) {
            FileSet bad = files.with(edit.file(), edit.text(files));
            assertThatThrownBy(() -> reload.apply(bad, "scene")).as(edit.name())
                    .isInstanceOfSatisfying(SetRefused.class, refused -> assertThat(refused.faults())
                    .anySatisfy(fault -> {
                        assertThat(fault.file() + ":" + fault.line()).isEqualTo(edit.blamed() + ":" + edit.line());
                        assertThat(fault.toString()).contains(edit.told());
                    }));
            assertThat(ask("direct:echo")).isEqualTo("well");
        }
        reload.apply(files, "scene");
    }

    @Test
    void goesBackWhenARehearsedSetCannotBePutToWork() throws IOException {
        echo("before");
        write("routes/first.yaml", route("first", "direct:first", "- log: first").replace("    description", "    startupOrder: 7\n    description"));
        awaitLive();
        FileSet files = reload.read();
        FileSet clash = files.with("routes/echo.yaml", route("echo", "direct:echo", "- setBody:\n    constant: after")
                .replace("    description", "    startupOrder: 7\n    description"));
        assertThatThrownBy(() -> reload.apply(clash, "scene")).isInstanceOf(SetRefused.class).hasMessageContaining("startupOrder");
        assertThat(ask("direct:echo")).isEqualTo("before");
        assertThat(town.bean(Revisions.class).before(Long.MAX_VALUE, 1)).singleElement().extracting(Revision::outcome).isEqualTo("failed");
        echo("later");
        await().until(() -> isLive(reload, reload.read()));
        assertThat(ask("direct:echo")).isEqualTo("later");
    }

    @Test
    void tellsNobodyWhatAPlaceholderWasFilledWithWhenASetCannotBePutToWork(Printed output) throws IOException {
        write("routes/first.yaml", route("first", "direct:hush-hush", "- log: first"));
        awaitLive();
        FileSet clash = reload.read().with("routes/echo.yaml", route("echo", "direct:{{serai.scene.door}}", "- log: echo"));
        assertThatThrownBy(() -> reload.apply(clash, "scene")).isInstanceOf(SetRefused.class).hasMessageContaining("direct://{{serai.scene.door}}");
        assertThat(output.toString()).contains("could not be put to work", "direct://{{serai.scene.door}}").doesNotContain("direct://hush-hush");
    }

    @Test
    void appliesWhatIsSavedWhileAnEditFromAfarIsPutToWork() {
        var hub = (ConfigurableApplicationContext) ((SpringCamelContext) camel()).getApplicationContext();
        hub.getBeanFactory().registerSingleton("saver", new RoutePolicySupport() {
            @Override
            public void onStart(Route route) {
                try {
                    write("routes/other.yaml", route("other", "direct:other", "- setBody:\n    constant: meanwhile"));
                } catch (IOException unwritable) {
                    throw new UncheckedIOException(unwritable);
                }
            }
        });
        String edit = route("echo", "direct:echo", "- setBody:\n    constant: edited").replace("    from:", "    routePolicy: saver\n    from:");
        town.bean(Editor.class).edit("routes/echo.yaml", edit, "", "afar");
        awaitLive();
        assertThat(ask("direct:echo")).isEqualTo("edited");
        assertThat(ask("direct:other")).isEqualTo("meanwhile");
    }

    @Test
    void waitsForWhoIsStillWriting() {
        List<Revision> news = await().until(ReloadTest::writesInPieces, Objects::nonNull);
        assertThat(news).extracting(Revision::outcome).contains("applied").doesNotContain("refused");
        assertThat(ask("direct:echo")).startsWith("whole");
    }

    /** What came of it; or null where this rested as long as who has ended. */
    private static List<Revision> writesInPieces() throws IOException {
        long before = newest(1).getFirst().id();
        String text = route("echo", "direct:echo", "- setBody:\n    constant: whole " + UUID.randomUUID());
        int half = text.length() / 2;
        List<String> pieces = Stream.concat(IntStream.range(0, 10).mapToObj(more -> text.substring(0, half + more)), Stream.of(text)).toList();
        long rest = 0;
        long last = System.nanoTime();
        for (String piece : pieces) {
            long begin = System.nanoTime();
            Files.writeString(home.resolve("routes/echo.yaml"), piece);
            rest = Math.max(rest, System.nanoTime() - last);
            last = begin;
            await().pollDelay(Duration.ofMillis(250)).until(() -> true); // longer than it takes to judge
        }
        awaitLive();
        return Duration.ofNanos(rest).compareTo(Duration.ofMillis(600)) < 0 ? newest(100).stream().filter(revision -> revision.id() > before).toList() : null;
    }

    private static List<Revision> newest(int most) {
        return town.bean(Revisions.class).before(Long.MAX_VALUE, most);
    }

    @Test
    void holdsTheEditOfAPromptFromTheNextTurnOn() throws IOException {
        town.model().says("Yes.");
        write("memory/prompts/persona.md", "You are a lighthouse.\n");
        awaitLive();
        Visitor customer = town.visitor();
        customer.says("Who are you?");
        customer.hears();
        assertThat(town.model().requests().getLast().system()).startsWith("You are a lighthouse.");
    }

    /** 20 reloads of two routes on the way of 50 messages a second; a third one is left alone. */
    @Test
    void losesDoublesAndReordersNothingUnderLoad() throws Exception {
        new Storm(town, home).blow(20, 50);
    }

    static String route(String id, String from, String steps) {
        return """
                - route:
                    id: %s
                    description: Of a scene
                    from:
                      uri: %s
                      steps:
                """.formatted(id, from) + steps.indent(8);
    }

    private static String slowly(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return "slowly";
    }

    private static String tell(String word) {
        return """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: tell
                spec:
                  definition:
                    description: Tells
                    type: object
                    properties:
                      word:
                        description: What
                        type: string
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - setBody:
                            constant: "{{word}} %s"
                """.formatted(word);
    }

    private static String configuration(String word) {
        return """
                - routeConfiguration:
                    onException:
                      - onException:
                          exception:
                            - java.lang.IllegalStateException
                          handled:
                            constant: "true"
                          steps:
                            - setBody:
                                constant: %s
                """.formatted(word);
    }

    private static String clock(String id, String cron) {
        return route(id, "quartz:" + id, "- log: tick").replace("      steps:", "      parameters:\n        cron: %s\n      steps:".formatted(cron));
    }

    private static void echo(String word) throws IOException {
        write("routes/echo.yaml", route("echo", "direct:echo", "- setBody:\n    constant: " + word));
    }

    private static String ask(String uri) {
        return town.bean(ProducerTemplate.class).requestBody(uri, "x", String.class);
    }

    private static long kamelets(String name) {
        return camel().getRoutes().stream().filter(route -> route.getId().startsWith(name + "-")).count();
    }

    private static long total(String id) {
        return reload.routes().stream().filter(route -> route.id().equals(id)).findFirst().orElseThrow().total();
    }

    private static int triggers() throws Exception {
        return camel().getComponent("quartz", QuartzComponent.class).getScheduler().getTriggerKeys(org.quartz.impl.matchers.GroupMatcher.anyGroup())
                .size();
    }

    private static CamelContext camel() {
        return town.bean(CamelContext.class);
    }

    /** Whether a set is what runs. */
    static boolean isLive(Reload reload, FileSet files) {
        return reload.refusal() == null && files.equals(reload.running());
    }

    private static void awaitLive() {
        FileSet written = reload.read();
        await().until(() -> reload.refusal() != null || isLive(reload, written));
        assertThat(reload.refusal()).isNull();
    }

    /** As a whole, as most editors write. */
    static void write(String file, String text) throws IOException {
        Path target = home.resolve(file);
        Path whole = target.resolveSibling("." + target.getFileName() + ".part");
        Files.writeString(whole, text);
        Files.move(whole, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
