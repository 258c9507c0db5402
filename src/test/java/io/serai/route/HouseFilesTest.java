package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.serai.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The repository's own routes, Kamelets, layers and prompts pass the judge that judges every edit, and keep the laws of the house beside. */
class HouseFilesTest {

    private static JsonSchema ofCamel;

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static Stream<Path> routes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @Test
    void hasNoFaultAndNoFlawOfStyle() {
        assertThat(Checker.fresh().check(new Home(".")).all()).isEmpty();
    }

    /** What Camel's own validator does, and so Kaoto and Karavan can open the files. */
    @ParameterizedTest
    @MethodSource("routes")
    void isWhatTheSchemaOfCamelDescribes(Path file) throws IOException {
        assertThat(ofCamel.validate(YAML.readTree(file.toFile()))).isEmpty();
    }

    /** The Kamelet EIP mixes up the messages of two routes that use it alike (Camel 4.17); scripts and properties are programs in YAML. */
    @ParameterizedTest
    @MethodSource("routes")
    void noRouteHidesAProgram(Path file) throws IOException {
        assertThat(Files.readString(file)).doesNotContain("- kamelet:", "groovy:", "script:", "setProperty:", "setVariable:", "setHeader:");
    }

    @Test
    void everyChannelHasAWayInAndAWayOut() throws IOException {
        assertThat(names("routes/receive")).containsExactlyElementsOf(names("routes/deliver"));
    }

    private static List<String> names(String folder) throws IOException {
        return routes().filter(file -> file.startsWith(folder)).map(file -> file.getFileName().toString()).toList();
    }

    @BeforeAll
    static void readTheSchema() throws IOException {
        try (var schema = YamlRoutesBuilderLoader.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            ofCamel = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
        }
    }

    /** Unfolded it takes 300 MB. */
    @AfterAll
    static void letGoOfTheSchema() {
        ofCamel = null;
    }
}
