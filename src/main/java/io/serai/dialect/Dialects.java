package io.serai.dialect;

import java.util.ArrayList;
import java.util.List;

public final class Dialects {
    private Dialects() {}

    public static Dialect of(String name) {
        return new Dialect() {
            @Override
            public String render(String markdown) {
                return markdown;
            }

            @Override
            public List<String> parts(String markdown, int limit) {
                List<String> parts = new ArrayList<>();
                for (int i = 0; i < markdown.length(); i += limit) {
                    parts.add(markdown.substring(i, Math.min(markdown.length(), i + limit)));
                }
                return parts;
            }
        };
    }
}
