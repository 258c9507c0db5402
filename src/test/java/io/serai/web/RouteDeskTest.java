package io.serai.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.town.Town;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** What an admin does with routes from afar; nothing is watched, so that only these scenes change anything. */
@Tag("database")
@ResourceLock(Gate.LOCK)
class RouteDeskTest {

    private static final String ECHO = """
            - route:
                id: %s
                description: Of a scene
                from:
                  uri: direct:%1$s
                  steps:
                    - setBody:
                        constant: %s
            """;

    @TempDir
    private static Path home;

    private static Town town;

    @BeforeAll
    static void open() throws IOException {
        for (String folder : new String[] {"routes", "processors", "memory"}) {
            FileSystemUtils.copyRecursively(Path.of(folder), home.resolve(folder));
        }
        town = Town.with(Map.of("serai.home", home, "serai.reload", "manual", "serai.api.token", Gate.TOKEN));
    }

    @AfterAll
    static void close() {
        town.close();
    }

    @Test
    void tellsWhatRuns() {
        var sight = viewer().gets("/api/routes").json();
        assertThat(sight.path("routes").findValuesAsText("id")).contains("answer", "deliver/web-chat", "listen");
        var answer = sight.path("routes").get(1);
        assertThat(answer.path("id").asText()).isEqualTo("answer");
        assertThat(answer.path("state").asText()).isEqualTo("Started");
        assertThat(answer.path("from").asText()).isEqualTo("work://turns");
        assertThat(answer.path("since").asText()).isNotBlank();
        assertThat(answer.path("revision").asLong()).isPositive();
    }

    @Test
    void writesAFileAndPutsItToWorkUnlessSomebodyWasFaster() {
        assertThat(put("puts", "one").status()).isEqualTo(428);
        assertThat(admin().with("If-None-Match", "*").sends("PUT", "/api/routes/files/routes/puts.yaml", body("puts", "one")).status())
                .isEqualTo(200);
        var read = admin().gets("/api/routes/files/routes/puts.yaml");
        assertThat(read.text()).contains("constant: one");
        assertThat(ask("puts")).isEqualTo("one");
        var second = admin().with("If-Match", read.header("ETag")).sends("PUT", "/api/routes/files/routes/puts.yaml", body("puts", "two"));
        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(second.json().path("author").asText()).isEqualTo("admin");
        assertThat(second.json().path("diff").asText()).contains("-            constant: one", "+            constant: two");
        assertThat(ask("puts")).isEqualTo("two");
        var third = admin().with("If-Match", read.header("ETag")).sends("PUT", "/api/routes/files/routes/puts.yaml", body("puts", "three"));
        assertThat(third.status()).isEqualTo(409);
        assertThat(third.json().path("detail").asText()).contains("-            constant: two", "+            constant: three");
        assertThat(home.resolve("routes/puts.yaml")).content().contains("constant: two");
    }

    /** curl --data-binary says that it sends a form, and the server had read it as one before anybody could. */
    @Test
    void saysThatAFormIsNoFile() {
        var answer = admin().with("If-None-Match", "*").with("Content-Type", "application/x-www-form-urlencoded")
                .sends("PUT", "/api/routes/files/routes/form.yaml", body("form", "x"));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text()).contains("say Content-Type: text/plain");
    }

    @Test
    void writesOverWhicheverTextIsThere() throws IOException {
        assertThat(admin().with("If-Match", "*").sends("PUT", "/api/routes/files/routes/any.yaml", body("any", "one")).status()).isEqualTo(409);
        Path file = home.resolve("routes/any.yaml");
        Files.writeString(file, ECHO.formatted("any", "one"));
        var answer = admin().with("If-Match", "*").sends("PUT", "/api/routes/files/routes/any.yaml", body("any", "two"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(ask("any")).isEqualTo("two");
        assertThat(admin().with("If-Match", "*").sends("DELETE", "/api/routes/files/routes/any.yaml", BodyPublishers.noBody()).status()).isEqualTo(200);
        assertThat(file).doesNotExist();
    }

    /** Who edits on the host, and the next hub, may be another user than this one. */
    @Test
    void leavesAFileToThoseWhoCouldReadIt() throws IOException {
        Path file = home.resolve("memory/prompts/persona.md");
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(Files.createFile(home.resolve("as-others-make-files")));
        Set<PosixFilePermission> shared = PosixFilePermissions.fromString("rw-rw-r--");
        Files.setPosixFilePermissions(file, shared);
        assertThat(admin().with("If-Match", "*").sends("PUT", "/api/routes/files/memory/prompts/persona.md", BodyPublishers.ofString("We sell pumps."))
                .status()).isEqualTo(200);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(shared);
        admin().with("If-None-Match", "*").sends("PUT", "/api/routes/files/routes/shared.yaml", body("shared", "x"));
        assertThat(Files.getPosixFilePermissions(home.resolve("routes/shared.yaml"))).isEqualTo(before);
    }

    @Test
    void tellsOfARevisionWhatChangedAndNotAllThereIs() {
        admin().with("If-None-Match", "*").sends("PUT", "/api/routes/files/routes/told-of.yaml", body("told-of", "x"));
        JsonNode revision = admin().gets("/api/routes/revisions?limit=1").json().at("/items/0");
        assertThat(revision.path("diff").asText()).contains("+++ routes/told-of.yaml");
        assertThat(revision.toString()).doesNotContain("routes/listen.yaml");
    }

    @Test
    void refusesAFaultyFileAndWritesNothing() {
        var answer = admin().with("If-None-Match", "*").sends("PUT", "/api/routes/files/routes/faulty.yaml",
                BodyPublishers.ofString(ECHO.formatted("faulty", "x").replace("setBody", "setBdy")));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText()).contains("routes/faulty.yaml:7:11: there is no step 'setBdy' (did you mean 'setBody'?)");
        assertThat(home.resolve("routes/faulty.yaml")).doesNotExist();
        assertThat(admin().gets("/api/routes/revisions?limit=1").json().at("/items/0/outcome").asText()).isEqualTo("refused");
        assertThat(admin().gets("/api/routes").json().path("refused").isNull()).as("the folder holds what runs").isTrue();
        assertThat(health()).isEqualTo("UP");
    }

    @Test
    void isOutOfDateWhileTheFolderHoldsWhatWasRefused() throws IOException {
        Path file = home.resolve("routes/unsound.yaml");
        Files.writeString(file, ECHO.formatted("unsound", "x").replace("setBody", "setBdy"));
        assertThat(admin().posts("/api/routes/apply", "").status()).isEqualTo(422);
        assertThat(health()).isEqualTo("OUT_OF_DATE");
        assertThat(admin().gets("/api/routes").json().at("/refused/faults")).isNotEmpty();
        Files.delete(file);
        assertThat(health()).isEqualTo("UP");
    }

    @Test
    void tellsAtOnceWhereItMayNotWrite() throws IOException {
        Files.writeString(home.resolve("routes/occupied"), "a file, where a folder would have to be");
        long revision = admin().gets("/api/routes").json().path("revision").asLong();
        var answer = admin().with("If-None-Match", "*").sends("PUT", "/api/routes/files/routes/occupied/x.yaml", body("nowhere", "x"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).isEqualTo("The hub may only read the folder routes: edit the file where it comes from.");
        assertThat(admin().gets("/api/routes").json().path("revision").asLong()).isEqualTo(revision);
    }

    @Test
    void takesAnEditBackThatCannotBeWritten() throws IOException {
        Path inTheWay = Files.createDirectory(home.resolve("routes/late.yaml"));
        var answer = admin().with("If-None-Match", "*").sends("PUT", "/api/routes/files/routes/late.yaml", body("late", "x"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(ids()).contains("answer").doesNotContain("late");
        assertThat(home.resolve("routes")).isDirectoryNotContaining("glob:**.part");
        assertThat(admin().gets("/api/routes/revisions?limit=1").json().at("/items/0").path("diff").asText()).contains("-    id: late");
        Files.delete(inTheWay);
    }

    @Test
    void takesARollbackBackThatCannotBeWritten() throws IOException {
        for (String id : List.of("undo-a", "undo-b")) {
            admin().with("If-None-Match", "*").sends("PUT", "/api/routes/files/routes/" + id + ".yaml", body(id, "x"));
        }
        long before = admin().gets("/api/routes").json().path("revision").asLong();
        for (String id : List.of("undo-a", "undo-b")) {
            Files.delete(home.resolve("routes/" + id + ".yaml"));
        }
        assertThat(admin().posts("/api/routes/apply", "").status()).isEqualTo(200);
        Path inTheWay = Files.createDirectory(home.resolve("routes/undo-b.yaml"));
        assertThat(admin().posts("/api/routes/revisions/" + before + "/rollback", "").status()).isEqualTo(409);
        assertThat(ids()).doesNotContain("undo-a", "undo-b");
        assertThat(home.resolve("routes/undo-a.yaml")).doesNotExist();
        Files.delete(inTheWay);
    }

    @Test
    void goesBackToARevision() {
        long before = admin().gets("/api/routes").json().path("revision").asLong();
        admin().with("If-None-Match", "*").sends("PUT", "/api/routes/files/routes/back.yaml", body("back", "one"));
        assertThat(ask("back")).isEqualTo("one");
        var answer = admin().posts("/api/routes/revisions/" + before + "/rollback", "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(home.resolve("routes/back.yaml")).doesNotExist();
        assertThat(admin().gets("/api/routes").json().path("routes").findValuesAsText("id")).doesNotContain("back");
        JsonNode page = admin().gets("/api/routes/revisions?limit=2").json();
        assertThat(page.path("items")).hasSize(2);
        assertThat(admin().gets("/api/routes/revisions?limit=1&before=" + page.path("next").asText()).json().at("/items/0/id").asLong())
                .isLessThan(page.at("/items/1/id").asLong());
        assertThat(admin().posts("/api/routes/revisions/999999/rollback", "").status()).isEqualTo(404);
    }

    @Test
    void triesEditsWithoutDoingThem() {
        var verdict = admin().posts("/api/routes/check", "{\"files\": {\"routes/enrich.yaml\": null}}").json();
        assertThat(verdict.path("faults").get(0).path("file").asText()).isEqualTo("routes/answer.yaml");
        assertThat(verdict.path("faults").get(0).path("line").asInt()).isEqualTo(21);
        assertThat(admin().posts("/api/routes/check", "{\"files\": {\"../etc/passwd\": \"\"}}").status()).isEqualTo(400);
    }

    @Test
    void putsTheFolderToWorkWhenToldTo() throws IOException {
        Files.writeString(home.resolve("routes/told.yaml"), ECHO.formatted("told", "heard"));
        assertThat(admin().posts("/api/routes/apply", "").status()).isEqualTo(200);
        assertThat(ask("told")).isEqualTo("heard");
    }

    @Test
    void letsNobodyButAdminsChangeAnything() {
        assertThat(viewer().posts("/api/routes/apply", "").status()).isEqualTo(403);
        assertThat(viewer().with("If-None-Match", "*").sends("PUT", "/api/routes/files/routes/x.yaml", body("x", "y")).status()).isEqualTo(403);
        assertThat(new Caller(town).gets("/api/routes").status()).isEqualTo(401);
    }

    /** What is looked at runs as the owner of the database unless somebody takes care. */
    @ParameterizedTest
    @ValueSource(strings = {
            "select '' source, '' role, now() at, '' text where :contact = 0) as a;\ncommit;\n%s;\nselect (1",
            "select '' source, '' role, now() at, '' text where :contact = 0;\ncommit;\n%s",
            "select E'\\' :zone ); commit; %s; select ( :zone ' source, '' role, now() at, '' text where :contact = 0"})
    void runsNothingOfALayerThatItLooksAt(String query) throws IOException {
        String layer = "-- heading: x\n-- place: turn\n" + query.formatted("insert into token (name, hash, role) values ('evil', '\\x00', 'admin')");
        var verdict = admin().posts("/api/routes/check", new ObjectMapper().writeValueAsString(Map.of("files", Map.of("memory/layers/own.sql", layer)))).json();
        assertThat(verdict.at("/faults/0/file").asText()).as(verdict.toString()).isEqualTo("memory/layers/own.sql");
        assertThat(admin().gets("/api/tokens").text()).doesNotContain("evil");
    }

    /** A rehearsal builds with the hub's own beans, and a fault repeats what it found. */
    @Test
    void readsNothingOfTheHubForARouteThatItLooksAt() throws IOException {
        String route = ECHO.formatted("spy", "x") + """
                        - setBody:
                            constant:
                              expression: "resource:bean:environment?method=getProperty('serai.db.user')"
                              resultType: java.lang.Integer
                """;
        var verdict = admin().posts("/api/routes/check", new ObjectMapper().writeValueAsString(Map.of("files", Map.of("routes/spy.yaml", route)))).json();
        assertThat(verdict.at("/faults/0/what").asText()).as(verdict.toString()).startsWith("'resource:' reads files");
    }

    private static String health() {
        return admin().gets("/health").json().at("/components/routes/status").asText();
    }

    private static List<String> ids() {
        return admin().gets("/api/routes").json().path("routes").findValuesAsText("id");
    }

    private static Caller.Answer put(String id, String word) {
        return admin().sends("PUT", "/api/routes/files/routes/" + id + ".yaml", body(id, word));
    }

    private static java.net.http.HttpRequest.BodyPublisher body(String id, String word) {
        return BodyPublishers.ofString(ECHO.formatted(id, word));
    }

    private static String ask(String id) {
        return town.bean(org.apache.camel.ProducerTemplate.class).requestBody("direct:" + id, "x", String.class);
    }

    private static Caller admin() {
        return new Caller(town).withPassword("admin", Gate.PASSWORD).with("Content-Type", "text/plain");
    }

    private static Caller viewer() {
        return new Caller(town).withToken(Gate.TOKEN);
    }
}
