package io.serai.contact;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which tables name which, as the database knows it. */
@Repository
class ForeignKeys {

    private final JdbcClient jdbc;

    ForeignKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<ForeignKey> all() {
        return jdbc.sql("""
                select conrelid::regclass::text as "table", child.attname as "column",
                       confrelid::regclass::text as parent, named.attname as parent_column,
                       (select attname from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
                        where indrelid = conrelid and indisprimary and indnkeyatts = 1) as row_column,
                       not child.attnotnull and confdeltype = 'a' as optional
                from pg_constraint
                join pg_attribute child on child.attrelid = conrelid and child.attnum = conkey[1]
                join pg_attribute named on named.attrelid = confrelid and named.attnum = confkey[1]
                where contype = 'f' and connamespace = current_schema()::regnamespace
                order by 1, 2
                """)
                .query(ForeignKey.class)
                .list();
    }
}
