package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Everything people get wrong is refused, at the right line, with what they should have written. */
class BadEditTest {

    private static final Check CHECK = Checker.fresh();
    private static final FileSet HOUSE = new Folder(new Home(".")).read();

    @TempDir
    private Path home;

    static Stream<BadEdit> edits() {
        return BadEdit.all().stream();
    }

    @ParameterizedTest
    @MethodSource("edits")
    void isRefusedAtTheRightLine(BadEdit edit) {
        List<Fault> faults = CHECK.check(HOUSE.with(edit.file(), edit.text(HOUSE))).faults();
        assertThat(faults).as("faults of: %s", edit).anySatisfy(fault -> {
            assertThat(fault.file() + ":" + fault.line()).isEqualTo(edit.blamed() + ":" + edit.line());
            assertThat(fault.toString()).contains(edit.told());
        });
    }

    @Test
    void tellsOnlyWhoEditsItThatATimeHasGoneBy() {
        var crons = new Crons(new StandardEnvironment(), setting -> true);
        Item past = Item.text("routes/new.yaml", 7, 1, "0 0 8 1 1 ? 2020", true);
        Use use = Use.of("from", past, "quartz:new", Map.of("cron", past));
        List<Fault> faults = new ArrayList<>();
        crons.judge(use, "cron", past, false, faults::add);
        assertThat(faults).isEmpty();
        crons.judge(use, "cron", past, true, faults::add);
        assertThat(faults).singleElement().asString().contains("never fires");
    }

    /** Faults are read by more people than settings: they are kept with the revisions, and logged. */
    @ParameterizedTest
    @ValueSource(strings = {"{{serai.admin.password}}", "{{serai.none.password}}", "{{serai.admin.password:0 0 8 * * ?}}", "{{serai.timers.own}}", "{{PASSWORD}}",
            "{{serai.ad-min.password}}", "{{serai.admin-password}}"})
    void repeatsNothingOfASetting(String cron) {
        var environment = Checker.environment();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("variables", Map.of("SERAI_ADMIN_PASSWORD", "hunter2", "PASSWORD", "hunter2")));
        environment.getPropertySources().addFirst(new MapPropertySource("set", Map.of("serai.timers.own", "hunter2")));
        ConfigurationPropertySources.attach(environment);
        var check = new Check(environment, new RouteSettings(List.of(), List.of("serai."), List.of("SERAI_ROUTES_")), null);
        String route = """
                - route:
                    id: new
                    description: Of a scene
                    from:
                      uri: quartz:new
                      parameters:
                        cron: '%s'
                      steps:
                        - stop: {}
                """;
        assertThat(check.check(HOUSE.with("routes/new.yaml", route.formatted(cron))).faults()).isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.toString()).startsWith("routes/new.yaml:7:").doesNotContainIgnoringCase("hun"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serai.ntfy.host", "serai.ntfy.topics", "serai.ntfy.period", "serai.timers.digest", "serai.deliver.release", "serai.answer.retry",
            "serai.email.main.address", "serai.telegram.main.mode", "serai.slack.main.timeout", "serai.keys.count", "serai.apiary.host"})
    void letsRoutesReadWhatIsNoSecret(String key) {
        String route = "- route:\n    id: new\n    description: x\n    from:\n      uri: direct:new\n      steps:\n        - log: '{{%s:x}}'\n";
        assertThat(CHECK.check(HOUSE.with("routes/new.yaml", route.formatted(key))).faults()).isEmpty();
    }

    /** Where a caller gives none, Camel looks for a setting of that name. */
    @Test
    void refusesAParameterThatIsASettingWhenItIsNotGiven() {
        String kamelet = """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: leak
                spec:
                  definition:
                    title: Of a scene
                    properties:
                      %s:
                        title: x
                        description: x
                        type: string
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - log: 'x{{?%1$s}}'
                """;
        assertThat(CHECK.check(HOUSE.with("processors/leak.kamelet.yaml", kamelet.formatted("serai.admin.password"))).faults()).singleElement().asString()
                .startsWith("processors/leak.kamelet.yaml:17:").contains("is the name of a setting too");
        assertThat(CHECK.check(HOUSE.with("processors/leak.kamelet.yaml", kamelet.formatted("word"))).faults()).isEmpty();
        assertThat(CHECK.check(HOUSE.with("processors/leak.kamelet.yaml", kamelet.formatted("serai.admin.password").replace("type: string", "default: x"))).faults())
                .isEmpty();
    }

    /** A Kamelet may piece together what no rule has seen whole. */
    @ParameterizedTest
    @ValueSource(strings = {"bean:environment?method=getProperty('serai.answer.retry')", "file:application.yaml", "https://far.example"})
    void readsNoResourceThatIsPiecedTogether(String address) {
        FileSet files = HOUSE.with("processors/piece.kamelet.yaml", """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: piece
                spec:
                  definition:
                    title: Of a scene
                    properties:
                      first:
                        title: x
                        description: x
                        type: string
                      second:
                        title: x
                        description: x
                        type: string
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - setBody:
                            constant:
                              expression: "{{first}}{{second}}"
                              resultType: java.lang.Integer
                """).with("routes/new.yaml", """
                - route:
                    id: new
                    description: Of a scene
                    from:
                      uri: direct:new
                      steps:
                        - to:
                            uri: kamelet:piece
                            parameters:
                              first: res
                              second: "ource:%s"
                """.formatted(address));
        assertThat(CHECK.check(files).faults()).extracting(Fault::toString).singleElement().asString().contains("is not read here");
    }

    /** Camel repeats what it cannot use. */
    @Test
    void tellsThePlaceholderAndNotItsValue() {
        var environment = Checker.environment();
        environment.getPropertySources().addFirst(new MapPropertySource("set", Map.of("serai.shop.pin", "hunter2")));
        var check = new Check(environment, new RouteSettings(List.of(), List.of("serai."), List.of()), null);
        String route = "- route:\n    id: new\n    description: x\n    from:\n      uri: direct:new\n      steps:\n        - to: log:x?maxChars={{serai.shop.pin}}\n";
        assertThat(check.check(HOUSE.with("routes/new.yaml", route)).faults()).singleElement().asString().contains("{{serai.shop.pin}}").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- recipientList: {constant: 'direct:listen,direct:enrich'}", "- enrich: {simple: 'direct:deliver/${body.channel}'}", "- bean: keep", "- to: bean:keep", "- setBody: {method: {ref: keep}}", "- log: this costs $ 5 ${exchangeId}",
            "- setVariable: {name: x, simple: \"${body} {{serai.answer.retry}}\"}", "- to: {uri: https://far.example, parameters: {httpMethod: post}}", "- to: https://far.example?className=x&beans=5"})
    void letsRoutesCallStages(String step) {
        String route = "- route:\n    id: new\n    description: x\n    from:\n      uri: direct:new\n      steps:\n        ";
        assertThat(CHECK.check(HOUSE.with("routes/new.yaml", route + step + "\n")).faults()).isEmpty();
    }

    /** Camel would take either, and what the other one does nobody would have looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"processors/other/think.kamelet.yaml", "processors/think/think.kamelet.yaml"})
    void refusesTheCopyOfAKamelet(String copy) {
        assertThat(CHECK.check(HOUSE.with(copy, HOUSE.texts().get("processors/think.kamelet.yaml"))).faults()).singleElement().asString()
                .isEqualTo(copy + ":1:1: the Kamelet 'think' is there already: processors/think.kamelet.yaml (name it otherwise)");
    }

    /** What a tool calls is told by the line that is to be changed, wherever it stands. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "- to: jdbc:dataSource | routes/stock.yaml:7: | becomes no SQL",
        "- toD: https://far.example/${body.arguments[count]} | routes/stock.yaml:7: | what a model wrote becomes none",
        "- setHeader: {name: CamelHttpUri, simple: '${body.arguments[url]}'} | routes/stock.yaml:7: | what a model wrote becomes none",
        "- enrich: {simple: 'https://far.example/${body.arguments[count]}'} | routes/stock.yaml:7: | becomes no address",
        "- to: https://far.example | routes/tools/stock.yaml:8: | removeHeaders",
        "- to: {uri: kamelet:far, parameters: {address: 'jdbc:dataSource'}} | routes/stock.yaml:7: | becomes no SQL"})
    void followsAToolToWhatItCalls(String step, String place, String told) {
        FileSet files = HOUSE.with("routes/tools/stock.yaml", """
                - route:
                    id: tools/stock
                    description: Tells what is in stock
                    from:
                      uri: direct:tools/stock
                      steps:
                        - to: direct:stock
                        - bean:
                            ref: recollect
                """).with("routes/stock.yaml", """
                - route:
                    id: stock
                    from:
                      uri: direct:stock
                      steps:
                        # what it asks
                        %s
                """.formatted(step)).with("processors/far.kamelet.yaml", """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: far
                spec:
                  definition:
                    title: Of a scene
                    properties:
                      address:
                        title: x
                        description: x
                        type: string
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - to: "{{address}}"
                """);
        assertThat(CHECK.check(files).faults()).extracting(Fault::toString).anySatisfy(fault -> assertThat(fault).startsWith(place).contains(told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"- setBody: {constant: select 1}\n        - log: asked\n        - to: jdbc:dataSource", "- to: {uri: kamelet:fetch, parameters: {url: 'https://far.example'}}", "- setHeader: {name: x, constant: y}",
            "- setBody: {simple: 'select {{serai.answer.workers}}'}\n        - to: {uri: jdbc:dataSource, parameters: {readSize: 7}}\n        - setBody: {simple: '${body[0]} in stock'}"})
    void letsAToolAskWhatStandsInItsFile(String steps) {
        String tool = "- route:\n    id: tools/stock\n    description: x\n    from:\n      uri: direct:tools/stock\n      steps:\n        ";
        assertThat(CHECK.check(HOUSE.with("routes/tools/stock.yaml", tool + steps + "\n")).faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:data/orders", "file:./data/orders/new?fileName=order-${exchangeId}.json", "file:data/orders?fileName={{serai.file:x}}&fileExist=Append",
            "file:data/orders?tempPrefix=.part-&moveExisting=old/${file:name}-${date:now:yyyy}"})
    void letsRoutesWriteFilesInAFolderOfTheirOwn(String address) {
        String route = "- route:\n    id: new\n    description: x\n    from:\n      uri: direct:new\n      steps:\n        - to: '%s'\n";
        assertThat(CHECK.check(HOUSE.with("routes/new.yaml", route.formatted(address))).faults()).isEmpty();
    }

    @Test
    void letsRoutesReadFilesInAFolderOfTheirOwn() {
        String route = """
                - route:
                    id: new
                    description: x
                    from:
                      uri: file:data/orders
                      parameters:
                        move: .done/${date:now:yyyyMMdd}/${file:name}
                        moveFailed: .failed
                        doneFileName: ${file:name}.done
                      steps:
                        - stop: {}
                """;
        assertThat(CHECK.check(HOUSE.with("routes/new.yaml", route)).faults()).isEmpty();
    }

    @Test
    void leavesToThoseWhoListSettingsOfTheirOwnWhatIsSecretInThem() {
        var check = new Check(Checker.environment(), new RouteSettings(List.of(), List.of("shop."), List.of()), null);
        String route = "- route:\n    id: new\n    description: x\n    from:\n      uri: direct:new\n      steps:\n        - log: '{{shop.token:x}}{{serai.answer.retry:x}}'\n";
        assertThat(check.check(HOUSE.with("routes/new.yaml", route)).faults()).extracting(Fault::toString)
                .filteredOn(fault -> fault.startsWith("routes/new.yaml")).singleElement().asString().contains("{{serai.answer.retry}} may not be read");
    }

    @Test
    void tellsAllFaultsAtOnce() {
        FileSet files = HOUSE.with("routes/answer.yaml", HOUSE.texts().get("routes/answer.yaml").replace("ref: keep", "ref: kepe")
                .replace("retry:", "rerty:"))
                .with("routes/deliver.yaml", HOUSE.texts().get("routes/deliver.yaml").replace("work:parcels", "work:parcel"));
        assertThat(CHECK.check(files).faults()).extracting(Fault::toString).containsExactly(
                "routes/answer.yaml:8:16: 'work' has no option 'rerty' (did you mean 'retry'?)",
                "routes/answer.yaml:27:18: no bean named 'kepe' (did you mean 'keep'?)",
                "routes/deliver.yaml:5:12: 'work' knows no 'parcel' (did you mean 'parcels'?)");
    }

    @Test
    void letsThroughWhatIsDangerousWhereItIsAllowed() {
        FileSet files = HOUSE.with("routes/new.yaml", """
                - route:
                    id: new
                    from:
                      uri: direct:new
                      steps:
                        - to: file:/tmp/out
                """);
        assertThat(Checker.fresh("file").check(files).faults()).isEmpty();
    }

    @Test
    void looksBehindTheParametersOfAKamelet() {
        FileSet files = HOUSE
                .with("processors/ring.kamelet.yaml", HOUSE.texts().get("processors/think.kamelet.yaml").replace("name: think", "name: ring")
                        .replace("        - bean:", "        - to: \"{{model}}\"\n        - bean:"))
                .with("routes/enrich.yaml", HOUSE.texts().get("routes/enrich.yaml").replace("kamelet:open ", "kamelet:ring ")
                        .replace("persona: persona\n              budget: 3500", "model: exec:ls"));
        assertThat(CHECK.check(files).faults()).extracting(Fault::toString)
                .anyMatch(fault -> fault.startsWith("routes/enrich.yaml:10:22: the component 'exec' is not allowed here"));
    }

    @Test
    void refusesNothingForItsStyle() {
        FileSet files = HOUSE.with("routes/new.yaml",
                "- route:\n    id: other\n    from:\n      uri: direct:new\n      steps:\n        - stop: {}\n");
        assertThat(CHECK.check(files).faults()).isEmpty();
        assertThat(CHECK.check(files).warnings()).extracting(Fault::what).containsExactlyInAnyOrder(
                "the route 'new' has no description".replace("new", "other"), "the route 'other' is not named like its file");
    }

    @Test
    void refusesWhatLeadsOutOfTheFolder() throws IOException {
        copyHouse();
        Path secret = Files.writeString(Files.createTempFile("secret", ".yaml"), "- route: {}");
        Files.createSymbolicLink(home.resolve("routes/leak.yaml"), secret);
        assertThat(new Folder(new Home(home.toString())).read().unreadable()).singleElement().satisfies(fault ->
                assertThat(fault.toString()).startsWith("routes/leak.yaml:1:1: leads out of the folder"));
        Files.delete(secret);
    }

    @Test
    void refusesFiveMegabytesWithoutReadingThem() throws IOException {
        copyHouse();
        Files.writeString(home.resolve("routes/big.yaml"), "# x\n".repeat(1_250_000));
        assertThat(CHECK.check(new Home(home.toString())).faults()).extracting(Fault::file).containsExactly("routes/big.yaml");
    }

    @Test
    void refusesWhatIsNotText() throws IOException {
        copyHouse();
        Files.write(home.resolve("routes/latin.yaml"), new byte[] {'#', (byte) 0xe4, '\n'});
        assertThat(CHECK.check(new Home(home.toString())).faults()).extracting(Fault::what).containsExactly("is not UTF-8");
    }

    @Test
    void saysWhichFileNobodyReads() throws IOException {
        copyHouse();
        Files.writeString(home.resolve("routes/short.yml"), "- route: {}\n");
        assertThat(CHECK.check(new Home(home.toString())).all()).extracting(Fault::toString)
                .containsExactly("routes/short.yml:1:1: style: is not read (files here end with .yaml)");
    }

    @Test
    void knowsWhichPathsAreItsOwn() {
        assertThat(Folder.isPath("routes/deliver/slack.yaml")).isTrue();
        assertThat(List.of("routes/../application.yaml", "routes/x.txt", "data/x.yaml", "/routes/x.yaml", "memory/migrations/V1.sql",
                "routes/.x.yaml"))
                .noneMatch(Folder::isPath);
    }

    private void copyHouse() throws IOException {
        HouseCopy.into(home);
    }
}
