package io.serai.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.spi.UriParam;
import org.junit.jupiter.api.Test;

/** The catalogue entry that validators and editors read says what the endpoint's annotations say. */
class CatalogueTest {

    @Test
    void knowsEveryOptionWithItsDefaultAndItsMeaning() throws IOException {
        Map<String, String> annotated = Arrays.stream(WorkEndpoint.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(UriParam.class))
                .collect(Collectors.toMap(java.lang.reflect.Field::getName, field -> {
                    var option = field.getAnnotation(UriParam.class);
                    return option.defaultValue() + ": " + option.description();
                }));
        Map<String, String> catalogued = StreamSupport.stream(entry().get("properties").properties().spliterator(), false)
                .filter(option -> option.getValue().get("kind").asText().equals("parameter"))
                .collect(Collectors.toMap(Map.Entry::getKey, option ->
                        option.getValue().get("defaultValue").asText() + ": " + option.getValue().get("description").asText()));
        assertThat(catalogued).isEqualTo(annotated);
    }

    @Test
    void knowsEveryQueue() throws IOException {
        var queues = StreamSupport.stream(entry().at("/properties/queue/enum").spliterator(), false).map(JsonNode::asText);
        assertThat(queues).containsExactly(Arrays.stream(Queue.values()).map(Queue::word).toArray(String[]::new));
    }

    private static JsonNode entry() throws IOException {
        return new ObjectMapper().readTree(CatalogueTest.class.getResourceAsStream("/META-INF/io/serai/work/work.json"));
    }
}
