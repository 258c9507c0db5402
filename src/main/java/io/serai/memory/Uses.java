package io.serai.memory;

import io.serai.database.Volley;
import io.serai.message.Reply;
import io.serai.message.ToolUse;
import io.serai.message.Turn;
import io.serai.think.Tokens;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/** What tools told for a reply, as the transcript keeps it: before the reply, neither said nor sent, and no part of the talk. */
final class Uses {

    private Uses() {}

    static void write(Volley volley, Reply reply) {
        reply.uses().forEach(use -> write(volley, reply.turn(), use));
    }

    private static void write(Volley volley, Turn turn, ToolUse use) {
        volley.add("""
                insert into message (conversation_id, contact_id, address_id, role, author, text, arguments, outcome, channel, account, tokens, said_at)
                select conversation.id, conversation.contact_id, address.id, 'tool', :tool, :text, :arguments, :outcome, :channel, :account, :tokens, :at
                from address, conversation where address.id = :address and conversation.id = :conversation
                for key share
                """,
                new MapSqlParameterSource("conversation", turn.conversation().id())
                        .addValue("address", turn.address().id())
                        .addValue("tool", use.tool())
                        .addValue("text", use.text())
                        .addValue("arguments", use.arguments())
                        .addValue("outcome", use.outcome())
                        .addValue("channel", turn.address().channel())
                        .addValue("account", turn.address().account())
                        .addValue("tokens", Tokens.in(use.text()))
                        .addValue("at", use.at().atOffset(ZoneOffset.UTC)));
    }

    /** Once the reply is written: what was told for it names it. */
    static void name(Volley volley, Reply reply) {
        if (!reply.uses().isEmpty()) {
            volley.add("""
                    update message set for_reply = currval('message_id_seq')
                    where conversation_id = :conversation and id > :last and role = 'tool' and for_reply is null
                    """,
                    new MapSqlParameterSource("conversation", reply.turn().conversation().id()).addValue("last", reply.turn().lastMessageId()));
        }
    }
}
