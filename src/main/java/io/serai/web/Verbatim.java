package io.serai.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;

/** A JSON string and nothing else: 5 or true is not something that somebody said. */
class Verbatim extends StdScalarDeserializer<String> {

    Verbatim() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return json.hasToken(JsonToken.VALUE_STRING) ? json.getText() : (String) context.handleUnexpectedToken(String.class, json);
    }
}
