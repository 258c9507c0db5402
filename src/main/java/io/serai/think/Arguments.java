package io.serai.think;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** The arguments of a call as a model wrote them: one JSON object and nothing behind it, each name once. To write nothing is to give none. */
final class Arguments {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Arguments() {}

    static Map<String, Object> read(String written) throws JsonProcessingException {
        Map<String, Object> read = JSON.readValue(written.isBlank() ? "{}" : written, new TypeReference<LinkedHashMap<String, Object>>() {});
        return read == null ? Map.of() : read;
    }

    /** As they were written, or an empty object where that is none: some clients would fail, and some servers refuse the whole request. */
    static String sound(String written) {
        try {
            return read(written).isEmpty() ? "{}" : written;
        } catch (JsonProcessingException malformed) {
            return "{}";
        }
    }
}
