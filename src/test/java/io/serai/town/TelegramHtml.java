package io.serai.town;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTML style of the Bot API ("HTML style"): what a reader sees of it, or why Telegram does not take it. */
final class TelegramHtml {

    private static final Set<String> TAGS = Set.of("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "tg-emoji",
            "code", "pre", "blockquote");
    private static final Map<String, String> NAMED = Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"");
    private static final Pattern TOKEN = Pattern.compile("<(/?)([A-Za-z][\\w-]*)([^<>]*)>|&(#x?[0-9A-Fa-f]+|\\w+);|<");

    private TelegramHtml() {}

    /** @throws IllegalArgumentException with what the Bot API would say */
    static String shown(String html) {
        var text = new StringBuilder();
        Deque<String> open = new ArrayDeque<>();
        Matcher token = TOKEN.matcher(html);
        int read = 0;
        while (token.find()) {
            text.append(html, read, token.start());
            read = token.end();
            if (token.group(4) != null) {
                text.append(character(token));
            } else if (token.group(2) == null) {
                throw new IllegalArgumentException("Unsupported start tag \"\" at byte offset " + token.start());
            } else {
                tag(token, open);
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("Can't find end tag corresponding to start tag \"" + open.peek() + "\"");
        }
        return text.append(html.substring(read)).toString();
    }

    private static String character(Matcher token) {
        String name = token.group(4);
        if (name.startsWith("#x")) {
            return Character.toString(Integer.parseInt(name.substring(2), 16));
        }
        return name.startsWith("#") ? Character.toString(Integer.parseInt(name.substring(1))) : NAMED.getOrDefault(name, token.group());
    }

    private static void tag(Matcher token, Deque<String> open) {
        String name = token.group(2).toLowerCase(Locale.ROOT);
        if (!TAGS.contains(name)) {
            throw new IllegalArgumentException("Unsupported start tag \"%s\" at byte offset %d".formatted(name, token.start()));
        }
        if (token.group(1).isEmpty()) {
            if (name.equals("span") && !token.group(3).contains("tg-spoiler")) {
                throw new IllegalArgumentException("Tag \"span\" must have class \"tg-spoiler\" at byte offset " + token.start());
            }
            open.push(name);
        } else if (open.isEmpty() || !open.pop().equals(name)) {
            throw new IllegalArgumentException("Unmatched end tag at byte offset %d, found \"</%s>\"".formatted(token.start(), name));
        }
    }
}
