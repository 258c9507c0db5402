package io.serai.memory;

import io.serai.message.Turn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code /export}: what we know of who asks, as JSON. Notes of operators are about them, not theirs, and are not in it. */
@Component
class Export implements Command {

    private final JdbcClient jdbc;

    Export(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String word() {
        return "export";
    }

    @Override
    public String obey(Turn turn, String argument) {
        String json = jdbc.sql("""
                select jsonb_pretty(jsonb_build_object(
                    'name', contact.name,
                    'addresses', (select coalesce(jsonb_agg(jsonb_build_object('channel', channel, 'handle', handle)), '[]')
                                  from address where contact_id = contact.id),
                    'profile', (select coalesce(jsonb_agg(jsonb_build_object('path', path, 'value', value, 'since', learned_at) order by path, id), '[]')
                                from profile_fact where contact_id = contact.id and deleted_by is null),
                    'remembered', (select coalesce(jsonb_agg(jsonb_build_object('text', text, 'since', created_at) order by id), '[]')
                                   from fact where contact_id = contact.id),
                    'promises', (select coalesce(jsonb_agg(jsonb_build_object('who', who, 'what', what, 'due', due_at, 'done', done_at) order by id), '[]')
                                 from commitment where contact_id = contact.id),
                    'messages', (select count(*) from message where contact_id = contact.id)))
                from contact where contact.id = :contact
                """)
                .param("contact", turn.contact().id())
                .query(String.class)
                .single();
        return "```json\n" + json.replace("```", "'''") + "\n```";
    }
}
