package io.serai.deliver;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/** So many in a time; that many may go at once, then as they come in again. */
record Rate(int most, Duration time) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6}(?:ms|s|m|h|d))");

    Rate {
        if (most < 1 || time.isZero()) {
            throw new IllegalArgumentException("a rate of %d in %s would never let anything go".formatted(most, time));
        }
    }

    /** Reads {@code 1/1s,20/1m}; nothing is any number. */
    static List<Rate> of(String text) {
        return text.isBlank() ? List.of() : Arrays.stream(text.split(",")).map(String::strip).map(Rate::one).toList();
    }

    private static Rate one(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'%s' is no rate: write 30/1s for thirty a second".formatted(text));
        }
        return new Rate(Integer.parseInt(form.group(1)), DurationStyle.detectAndParse(form.group(2)));
    }

    /** Between two, when they come evenly. */
    Duration interval() {
        return time.dividedBy(most);
    }
}
