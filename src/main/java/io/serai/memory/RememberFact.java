package io.serai.memory;

import io.serai.message.Turn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code /remember ...}: a fact that stands in every later prompt. */
@Component
class RememberFact implements Command {

    private final JdbcClient jdbc;

    RememberFact(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String word() {
        return "remember";
    }

    /** A turn that is tried again keeps the fact once. */
    @Override
    public String obey(Turn turn, String argument) {
        if (argument.isBlank()) {
            return "What shall I remember? Write it behind the command: `/remember we close at noon on Fridays`.";
        }
        jdbc.sql("""
                insert into fact (contact_id, message_id, text) select contact_id, :message, :text from conversation where id = :conversation for key share
                on conflict (message_id) do nothing
                """)
                .param("conversation", turn.conversation().id())
                .param("message", turn.lastMessageId())
                .param("text", argument)
                .update();
        return "I will remember: " + argument;
    }
}
