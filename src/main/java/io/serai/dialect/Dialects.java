package io.serai.dialect;

import java.util.Map;
import java.util.TreeMap;

/** The dialects there are. */
public final class Dialects {

    private static final Map<String, Dialect> ALL = new TreeMap<>(Map.of(
            "telegram", new Dialect("telegram", new Telegram()),
            "slack", new Dialect("slack", new Slack()),
            "email", new Dialect("email", Html.email()),
            "plain", new Dialect("plain", new Plain()),
            "sms", new Dialect("sms", new Sms()),
            "web", new Dialect("web", Html.web())));

    private Dialects() {}

    /** @throws IllegalArgumentException when there is no such dialect; it names those there are */
    public static Dialect of(String name) {
        Dialect dialect = ALL.get(name);
        if (dialect == null) {
            throw new IllegalArgumentException("There is no dialect '%s'. There are: %s.".formatted(name, String.join(", ", ALL.keySet())));
        }
        return dialect;
    }
}
