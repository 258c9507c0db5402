package io.serai;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Lists of what people say, in {@code memory/patterns}: one regular expression a line, {@code #} before a comment; read anew at each use. */
@Component
public class Patterns {

    private final Home home;
    private final Cache<String, List<Pattern>> read = Caffeine.newBuilder().maximumSize(50).build();

    Patterns(Home home) {
        this.home = home;
    }

    /**
     * Whether one of a list is found in a text.
     *
     * @param list a file of memory/patterns, without its ending
     */
    public boolean find(String list, String text) {
        return read.get(home.text("memory/patterns/" + list + ".txt"), Patterns::compile).stream().anyMatch(pattern -> pattern.matcher(text).find());
    }

    private static List<Pattern> compile(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> Pattern.compile(line, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS))
                .toList();
    }
}
