package io.serai.database;

import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.util.ConcurrentLruCache;

/** SQL whose named parameters have been found: to look for them in a long query takes longer than to send it. */
public final class Parsed {

    private static final ConcurrentLruCache<String, ParsedSql> ALL = new ConcurrentLruCache<>(256, NamedParameterUtils::parseSqlStatement);

    private Parsed() {}

    public static ParsedSql of(String sql) {
        return ALL.get(sql);
    }
}
