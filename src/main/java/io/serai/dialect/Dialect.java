package io.serai.dialect;

import java.util.List;

public interface Dialect {
    String render(String markdown);

    List<String> parts(String markdown, int limit);
}
