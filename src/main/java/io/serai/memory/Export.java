package io.serai.memory;

import io.serai.PublicAddress;
import io.serai.contact.ExportCodes;
import io.serai.message.Turn;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * {@code /export}: a code, and where it opens a file of all that is kept about who asks ({@link Disclosure}). Where nobody knows under which address people
 * reach this hub, what we know and what was said last, as much as a chat can bear. Nothing at all where others may read along.
 */
@Component
class Export implements Command {

    private static final String PAGE = "/export.html";
    /** Who is there has our own page open, which makes a link of it (chat.js). */
    private static final String OUR_PAGE = "web-chat";

    private static final int MESSAGES = 100;
    private static final int CHARACTERS = 16_000;

    private final JdbcClient jdbc;
    private final ExportCodes codes;
    private final PublicAddress hub;

    Export(JdbcClient jdbc, ExportCodes codes, PublicAddress hub) {
        this.jdbc = jdbc;
        this.codes = codes;
        this.hub = hub;
    }

    @Override
    public String word() {
        return "export";
    }

    @Override
    public String obey(Turn turn, String argument) {
        Optional<String> code = codes.make(turn.address());
        if (code.isEmpty()) {
            return "I give out what I keep about you only where I am sure that nobody but you writes and reads: not here.";
        }
        boolean atOurPage = turn.address().channel().equals(OUR_PAGE);
        return hub.of(PAGE)
                .map(page -> "[Download what I keep about you](%s#%s)".formatted(page, code.get()) + invitation(code.get(), page))
                .or(() -> atOurPage ? Optional.of("Download what I keep about you: `%s#%s`".formatted(PAGE, code.get()) + invitation(code.get(), PAGE)) : Optional.empty())
                .orElseGet(() -> last(turn));
    }

    /** The code stands behind a #, which browsers keep to themselves. */
    private String invitation(String code, String page) {
        return """


                It is one file, as JSON, of all that I know of you and all that we said to each other. The link holds for %d hours and %d downloads. \
                Or open %s and type this code: `%s`

                Give it to nobody: whoever has it reads what is yours.""".formatted(codes.life().toHours(), codes.downloads(), page, code);
    }

    private String last(Turn turn) {
        String json = jdbc.sql(Disclosure.SAME + """
                , said as (
                    select id, said_at, role, channel, text, sum(length(text)) over (order by id desc) as length
                    from message
                    where contact_id in (select id from same) and (role = 'user' or role = 'assistant' and author is distinct from 'command')
                    order by id desc
                    limit :messages
                )
                select jsonb_pretty(jsonb_build_object(
                    'name', contact.name,
                    'addresses', (select coalesce(jsonb_agg(jsonb_build_object('channel', channel, 'handle', handle)), '[]')
                                  from address where contact_id in (select id from same)),
                    'profile', (select coalesce(jsonb_agg(jsonb_build_object('path', path, 'value', value, 'since', learned_at) order by path, id), '[]')
                                from profile_fact where contact_id in (select id from same) and deleted_by is null),
                    'remembered', (select coalesce(jsonb_agg(jsonb_build_object('text', text, 'since', created_at) order by id), '[]')
                                   from fact where contact_id in (select id from same)),
                    'promises', (select coalesce(jsonb_agg(jsonb_build_object('who', who, 'what', what, 'due', due, 'overdueFrom', due_at, 'done', done_at)
                                                           order by id), '[]')
                                 from commitment where contact_id in (select id from same)),
                    'messages', (select count(*) from message where contact_id in (select id from same) and role in ('user', 'assistant')),
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
