package io.serai.contact;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serai.message.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Everything that is kept about a contact: shown whole, or erased whole. */
@Repository
public class Belongings {

    /** What calls of models cost is kept for the books; it holds no words, and is cut off from the contact. */
    private static final Set<String> BOOKS = Set.of("model_call");

    /** Rows are read so many at a time. */
    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final JdbcClient rows;
    private final JdbcClient files;
    private final ForeignKeys keys;
    private final List<Trace> traces;
    private final List<Unpacking> packed;
    private final ObjectMapper json;

    Belongings(JdbcClient jdbc, DataSource database, ForeignKeys keys, List<Trace> traces, List<Unpacking> packed, ObjectMapper json) {
        this.jdbc = jdbc;
        this.rows = reading(database, AT_ONCE);
        this.files = reading(database, 1);
        this.keys = keys;
        this.traces = traces;
        this.packed = packed;
        this.json = json;
    }

    private static JdbcClient reading(DataSource database, int atOnce) {
        JdbcTemplate template = new JdbcTemplate(database);
        template.setFetchSize(atOnce);
        return JdbcClient.create(template);
    }

    /**
     * Whether there is such a contact.
     *
     * @throws Refused when it was merged: what was theirs is another one's
     */
    public boolean isKept(long contactId) {
        return same(contactId).length > 0;
    }

    /**
     * Writes everything as it is kept, by table, and what is packed as it reads: an object with an array of rows for each table that has any. Only the
     * search indexes are left out, since they say nothing that the texts do not. Rows are passed on as the database tells them, files one by one: together
     * they may be larger than memory, and a parser takes no word of forty megabytes.
     *
     * @throws IOException when who reads has gone
     * @throws Refused when it was merged
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public void export(long contactId, OutputStream to) throws IOException {
        Long[] contacts = same(contactId);
        JsonGenerator out = json.createGenerator(to);
        out.writeStartObject();
        for (Map.Entry<String, String> table : conditions().entrySet()) {
            rows(table.getKey(), table.getValue(), contacts, out);
        }
        out.writeEndObject();
        out.close();
    }

    private void rows(String table, String condition, Long[] contacts, JsonGenerator out) throws IOException {
        Optional<Unpacking> unpacking = packed.stream().filter(each -> each.table().equals(table)).findFirst();
        JdbcClient reader = unpacking.isPresent() || columns(table, "bytea").isEmpty() ? rows : files;
        var query = reader.sql("select (to_jsonb(%1$s) - :indexes::text[])::text from %1$s where %2$s".formatted(table, condition))
                .param("indexes", columns(table, "vector", "tsvector", "bit", "varbit").toArray(String[]::new))
                .param("contacts", contacts)
                .query(String.class);
        try (Stream<String> found = query.stream()) {
            Iterator<String> rows = found.iterator();
            if (!rows.hasNext()) {
                return;
            }
            out.writeArrayFieldStart(table);
            while (rows.hasNext()) {
                out.writeRawValue(unpacked(unpacking, rows.next()));
            }
            out.writeEndArray();
        }
    }

    private String unpacked(Optional<Unpacking> unpacking, String row) throws IOException {
        if (unpacking.isEmpty()) {
            return row;
        }
        ObjectNode told = (ObjectNode) json.readTree(row);
        unpacking.get().unpack(told);
        return told.toString();
    }

    private List<String> columns(String table, String... types) {
        return jdbc.sql("""
                select attname from pg_attribute join pg_type on pg_type.oid = atttypid
                where attrelid = :table::regclass and attnum > 0 and typname = any (:types)
                """)
                .param("table", table)
                .param("types", types)
                .query(String.class)
                .list();
    }

    /**
     * Erases a contact and all that is kept about it. What is being worked on for them at this moment finds its lease gone and writes nothing.
     *
     * @param by who wants it
     * @return how many rows were erased; 0 when there is no such contact
     * @throws Refused when it was merged: nothing that was theirs would be found
     */
    @Transactional
    public int erase(long contactId, String by) {
        Map<String, String> conditions = conditions();
        List<Map.Entry<String, String>> childrenFirst = new ArrayList<>(conditions.entrySet());
        Collections.reverse(childrenFirst);
        Long[] contacts = same(contactId);
        hold(contacts);
        letGo(conditions, contacts);
        int rows = childrenFirst.stream().mapToInt(table -> erase(table.getKey(), table.getValue(), contacts)).sum();
        if (rows > 0) {
            jdbc.sql("insert into erasure (contact_id, erased_by, rows) values (:contact, :by, :rows)")
                    .param("contact", contactId)
                    .param("by", by)
                    .param("rows", rows)
                    .update();
        }
        return rows;
    }

    /** The contact, and those who were found to be the same. */
    private Long[] same(long contactId) {
        jdbc.sql("""
                select contact_merge.id, kept_id from contact join contact_merge on merged_id = contact.id and kept_id = merged_into and undone_at is null
                where contact.id = :contact
                """)
                .param("contact", contactId)
                .query((row, number) -> "contact %d is %d now: name that one, or undo merge %d first".formatted(contactId, row.getLong("kept_id"), row.getLong("id")))
                .optional()
                .ifPresent(why -> {
                    throw new Refused(why);
                });
        return jdbc.sql("""
                with recursive same as (
                    select id from contact where id = :contact
                    union select contact.id from contact join same on merged_into = same.id
                )
                select id from same
                """)
                .param("contact", contactId)
                .query(Long.class)
                .list()
                .toArray(Long[]::new);
    }

    /**
     * Nobody takes or ends work of theirs until this is over; then there is none. And nothing of theirs comes in: what waits for an address or a
     * conversation finds it gone, and somebody new.
     */
    private void hold(Long[] contacts) {
        jdbc.sql("""
                select 1 from lane
                where conversation_id in (select id from conversation where contact_id = any (:contacts))
                order by queue, conversation_id
                for update
                """)
                .param("contacts", contacts)
                .query(row -> {});
        for (String theirs : List.of("address where contact_id", "conversation where contact_id", "contact where id")) {
            jdbc.sql("select from %s = any (:contacts) order by id for update".formatted(theirs)).param("contacts", contacts).query(row -> {});
        }
    }

    /** Rows of others that name what goes, as after the undo of a merge a message that was answered along with one of theirs. */
    private void letGo(Map<String, String> conditions, Long[] contacts) {
        keys.all().stream()
                .filter(key -> key.optional() && !BOOKS.contains(key.table()) && conditions.containsKey(key.table()) && conditions.containsKey(key.parent()))
                .forEach(key -> jdbc.sql("update %1$s set %2$s = null where %2$s in (select %3$s from %4$s where %5$s) and (%6$s) is not true"
                        .formatted(key.table(), key.column(), key.parentColumn(), key.parent(), conditions.get(key.parent()), conditions.get(key.table())))
                        .param("contacts", contacts)
                        .update());
    }

    private int erase(String table, String condition, Long[] contacts) {
        boolean books = BOOKS.contains(table);
        int rows = jdbc.sql(books ? cutOff(table, condition) : "delete from %s where %s".formatted(table, condition)).param("contacts", contacts).update();
        return books ? 0 : rows;
    }

    private String cutOff(String table, String condition) {
        String columns = keys.all().stream()
                .filter(key -> key.table().equals(table))
                .map(key -> key.column() + " = null")
                .collect(Collectors.joining(", "));
        return "update %s set %s where %s".formatted(table, columns, condition);
    }

    /** By table, whose rows they are; a table stands after those that its rows, or its condition, name. */
    Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>(Estate.of(keys.all()).conditions());
        traces.forEach(trace -> conditions.put(trace.table(), trace.condition()));
        return conditions;
    }
}
