package io.serai.think;

import dev.langchain4j.exception.HttpException;
import io.serai.message.Later;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A model's server answered with an HTTP status of 300 and above, and perhaps said when to come back. */
final class TurnedAway extends HttpException {

    private static final Pattern RETRY_DELAY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"(\\d{1,9}(?:\\.\\d{1,9})?)s\"");

    private final Duration retryAfter;

    TurnedAway(int status, String body, Duration retryAfter) {
        super(status, body);
        this.retryAfter = retryAfter;
    }

    /** When to come back, or null when it did not say. */
    Duration retryAfter() {
        return retryAfter;
    }

    /**
     * RFC 9110, 10.2.3: seconds or a date; {@code retry-after-ms}, which OpenAI and Azure send too; and what Google says in the body alone.
     *
     * @return null when there is none, or none that can be read
     */
    static Duration retryAfter(HttpHeaders headers, String body) {
        Optional<String> millis = headers.firstValue("retry-after-ms").filter(value -> value.matches("\\d{1,12}"));
        if (millis.isPresent()) {
            return Later.bounded(Duration.ofMillis(Long.parseLong(millis.get())));
        }
        Optional<String> delay = RETRY_DELAY.matcher(body).results().map(found -> found.group(1)).findFirst();
        return headers.firstValue("retry-after").map(String::strip).or(() -> delay).map(TurnedAway::parse).orElse(null);
    }

    private static Duration parse(String value) {
        if (value.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Later.bounded(Duration.ofMillis((long) Math.ceil(Double.parseDouble(value) * 1000)));
        }
        try {
            return Later.bounded(Duration.between(ZonedDateTime.now(), ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)));
        } catch (DateTimeParseException nonsense) {
            return null;
        }
    }

    /** Some servers repeat the key they refuse. */
    static String withoutSecrets(String body, Map<String, List<String>> headers) {
        String clean = body;
        for (var header : headers.entrySet()) {
            if (header.getKey().matches("(?i)authorization|x-api-key|x-goog-api-key|api-key")) {
                for (String value : header.getValue()) {
                    clean = clean.replace(value.replaceFirst("(?i)^bearer\\s+", ""), "***");
                }
            }
        }
        return clean;
    }
}
