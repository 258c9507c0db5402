package io.serai.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The repository's own routes and Kamelets keep the laws of the house. */
class HouseFilesTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static Stream<Path> routes() throws IOException {
        return files(Path.of("routes"), ".yaml");
    }

    static Stream<Path> doors() throws IOException {
        return routes().filter(file -> List.of("receive", "deliver").contains(file.getParent().getFileName().toString()));
    }

    static Stream<Path> kamelets() throws IOException {
        return files(Path.of("processors"), ".kamelet.yaml");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteIsNamedLikeItsFileAndSaysWhatItIsFor(Path file) throws IOException {
        String name = Path.of("routes").relativize(file).toString().replace(".yaml", "");
        for (JsonNode element : YAML.readTree(file.toFile())) {
            JsonNode route = element.get("route");
            assertThat(route.path("id").asText()).isEqualTo(name);
            assertThat(route.path("description").asText()).isNotBlank();
            String from = route.path("from").path("uri").asText();
            assertThat(from.startsWith("direct:") ? from : "direct:" + name).isEqualTo("direct:" + name);
            assertThat(route.path("from").path("steps").size()).isBetween(1, 12);
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aDoorWipesAllHeadersFirst(Path file) throws IOException {
        JsonNode first = YAML.readTree(file.toFile()).get(0).path("route").path("from").path("steps").get(0);
        assertThat(first.path("removeHeaders").path("pattern").asText()).isEqualTo("*");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aKameletIsNamedLikeItsFileAndDescribesItsParameters(Path file) throws IOException {
        JsonNode kamelet = YAML.readTree(file.toFile());
        JsonNode definition = kamelet.path("spec").path("definition");
        assertThat(file.getFileName().toString()).isEqualTo(kamelet.path("metadata").path("name").asText() + ".kamelet.yaml");
        assertThat(definition.path("description").asText()).isNotBlank();
        definition.path("properties").forEach(property -> assertThat(property.path("description").asText()).isNotBlank());
        definition.path("required").forEach(name -> assertThat(definition.path("properties").has(name.asText())).isTrue());
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
        return files(Path.of(folder), ".yaml").map(file -> file.getFileName().toString()).toList();
    }

    private static Stream<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        }
    }
}
