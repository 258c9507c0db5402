package io.serai.summary;

import io.serai.message.Digest;
import io.serai.message.Reply;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Marks in the transcript that the talk was compacted; the mark says the summary, so that it can be found like anything that was said. */
@Component("mark")
class Mark {

    private static final String AUTHOR = "compaction";

    private final Summaries summaries;
    private final JdbcClient jdbc;
    private final Clock clock;

    Mark(Summaries summaries, JdbcClient jdbc, Clock clock) {
        this.summaries = summaries;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return the mark, as if it were a reply to the last turn */
    public Reply mark(Reply reply, Digest digest) {
        var turn = reply.turn();
        String text = "The talk up to here in short: " + summaries.latest(turn.contact().id(), turn.conversation().id(), false).orElseThrow().text();
        long id = jdbc.sql("""
                insert into message (conversation_id, contact_id, role, author, text, channel, account, external_id, tokens, said_at)
                select id, contact_id, 'system', :author, :text, :channel, :account, :external, :tokens, :now from conversation
                where id = :conversation for key share
                on conflict (channel, account, external_id) do update set text = excluded.text
                returning id
                """)
                .param("conversation", turn.conversation().id())
                .param("author", AUTHOR)
                .param("text", text)
                .param("channel", AUTHOR)
                .param("account", "")
                .param("external", turn.conversation().id() + ":" + digest.keptFrom())
                .param("tokens", text.length() / 4)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        return new Reply(id, turn, null, text, AUTHOR);
    }
}
