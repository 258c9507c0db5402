package io.serai.memory;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a contact is given of what is kept about them: who we think they are, what we know and promised, and all that was said. What operators noted is
 * about them and not theirs; what commands answered is made of the rest, and may hold codes.
 *
 * <p>It is read and written a few rows at a time, so that neither memory nor a connection is held for as long as somebody takes to read.
 */
@Component
public class Disclosure {

    private static final int AT_ONCE = 100;

    /** Contacts that turned out to be this one kept what the other knew better. */
    static final String SAME = """
            with recursive same as (
                select id from contact where id = :contact
                union select contact.id from contact join same on merged_into = same.id
            )
            """;

    /** By its name in the file: rows of an id and an object. */
    private static final Map<String, String> LISTS = Map.of(
            "addresses", """
                    select id, jsonb_build_object('channel', channel, 'handle', handle, 'since', created_at) as row
                    from address where contact_id in (select id from same)
                    """,
            "profile", """
                    select id, jsonb_build_object('path', path, 'value', value, 'since', learned_at, 'toldBy', told_by) as row
                    from profile_fact where contact_id in (select id from same) and deleted_by is null
                    """,
            "remembered", """
                    select id, jsonb_build_object('text', text, 'since', created_at) as row from fact where contact_id in (select id from same)
                    """,
            "promises", """
                    select id, jsonb_build_object('who', who, 'what', what, 'due', due, 'overdueFrom', due_at, 'made', made_at, 'done', done_at) as row
                    from commitment where contact_id in (select id from same)
                    """);

    private static final String MESSAGES = """
            select id, jsonb_build_object('at', said_at, 'who', role, 'channel', channel, 'text', text) || case when attachments = '[]' then '{}' else
                       jsonb_build_object('attachments', (select jsonb_agg(jsonb_build_object('name', file -> 'name', 'type', file -> 'type', 'size', file -> 'size'))
                                                          from jsonb_array_elements(attachments) as file)) end as row
            from message
            where conversation_id = :conversation and contact_id in (select id from same)
              and (role = 'user' or role = 'assistant' and author is distinct from 'command')
            """;

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    Disclosure(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    private record Row(long id, String json) {}

    private record Talk(long id, String key) {}

    /**
     * Ends with {@code "complete": true}. What fails leaves no whole JSON behind: it is closed at the very end alone.
     *
     * @throws IOException when who reads has gone
     */
    public void write(long contact, OutputStream to) throws IOException {
        JsonGenerator out = json.createGenerator(to);
        out.setPrettyPrinter(new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));
        out.writeStartObject();
        out.writeStringField("exported", clock.instant().toString());
        person(contact, out);
        for (String list : List.of("addresses", "profile", "remembered", "promises")) {
            rows(list, LISTS.get(list), Map.of("contact", contact), out);
        }
        talks(contact, out);
        out.writeBooleanField("complete", true);
        out.writeEndObject();
        out.close();
    }

    private void person(long contact, JsonGenerator out) throws IOException {
        String person = jdbc.sql("select jsonb_build_object('name', name, 'timeZone', time_zone, 'knownSince', created_at)::text from contact where id = :contact")
                .param("contact", contact)
                .query(String.class)
                .single();
        out.writeFieldName("person");
        out.writeRawValue(person);
    }

    private void talks(long contact, JsonGenerator out) throws IOException {
        List<Talk> talks = jdbc.sql(SAME + "select id, key from conversation where contact_id in (select id from same) order by id")
                .param("contact", contact)
                .query(Talk.class)
                .list();
        out.writeArrayFieldStart("conversations");
        for (Talk talk : talks) {
            out.writeStartObject();
            out.writeStringField("key", talk.key());
            rows("messages", MESSAGES, Map.of("contact", contact, "conversation", talk.id()), out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void rows(String name, String query, Map<String, ?> parameters, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(name);
        long after = 0;
        List<Row> rows;
        do {
            rows = jdbc.sql(SAME + "select id, row::text as json from (" + query + ") as theirs where id > :after order by id limit " + AT_ONCE)
                    .params(parameters)
                    .param("after", after)
                    .query(Row.class)
                    .list();
            for (Row row : rows) {
                out.writeRawValue(row.json());
                after = row.id();
            }
        } while (rows.size() == AT_ONCE);
        out.writeEndArray();
    }
}
