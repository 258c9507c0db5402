package io.serai.memory;

import io.serai.message.Turn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * {@code /export}: what we know of who asks and what was said last, as JSON, as much as a chat can bear. Notes of operators are about them, not
 * theirs, and are not in it.
 */
@Component
class Export implements Command {

    private static final int MESSAGES = 100;
    private static final int CHARACTERS = 16_000;

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
                with said as (
                    select id, said_at, role, channel, text, sum(length(text)) over (order by id desc) as length
                    from message
                    where contact_id = :contact and (role = 'user' or role = 'assistant' and author <> 'command')
                    order by id desc
                    limit :messages
                )
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
                    'messages', (select count(*) from message where contact_id = contact.id),
                    'said last', (select coalesce(jsonb_agg(jsonb_build_object('at', said_at, 'who', role, 'channel', channel, 'text', text) order by id), '[]')
                                  from said where length <= :characters)))
                from contact where contact.id = :contact
                """)
                .param("contact", turn.contact().id())
                .param("messages", MESSAGES)
                .param("characters", CHARACTERS)
                .query(String.class)
                .single();
        return "```json\n" + json.replace("```", "'''") + "\n```\n\n"
                + "These are the last messages, as many as a chat can bear. Ask us, and we export everything that is kept about you.";
    }
}
