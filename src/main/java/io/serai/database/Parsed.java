package io.serai.database;

import java.util.Collection;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.util.ConcurrentLruCache;

/**
 * SQL whose named parameters have been found: to look for them in a long query takes longer than to send it.
 *
 * @param query with a question mark for each of them
 */
public record Parsed(ParsedSql sql, String query) {

    private static final ConcurrentLruCache<String, Parsed> ALL = new ConcurrentLruCache<>(256, Parsed::parse);

    public static Parsed of(String sql) {
        return ALL.get(sql);
    }

    private static Parsed parse(String sql) {
        ParsedSql parsed = NamedParameterUtils.parseSqlStatement(sql);
        return new Parsed(parsed, NamedParameterUtils.substituteNamedParameters(parsed, null));
    }

    /** In the order of the question marks; what is a list is one value. */
    public Object[] values(MapSqlParameterSource parameters) {
        return NamedParameterUtils.buildValueArray(sql, parameters, null);
    }

    /** The query for these values: what is a list has a question mark for each of it, as in {@code in (:handles)}. */
    public String query(MapSqlParameterSource parameters) {
        boolean lists = parameters.getValues().values().stream().anyMatch(Collection.class::isInstance);
        return lists ? NamedParameterUtils.substituteNamedParameters(sql, parameters) : query;
    }
}
