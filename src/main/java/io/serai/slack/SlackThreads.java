package io.serai.slack;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The threads of channels, each a conversation of its own. */
@Repository
class SlackThreads {

    private final JdbcClient jdbc;

    SlackThreads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The key of a thread's conversation. */
    static String key(String thread) {
        return "thread:" + thread;
    }

    /** Whether something in this thread was said to us before: then all of it is. */
    boolean areWeIn(String workspace, String channel, String thread) {
        return jdbc.sql("""
                select exists (
                    select from address
                    join conversation on conversation.contact_id = address.contact_id and conversation.key = :key
                    join message on message.conversation_id = conversation.id
                    where address.channel = :slack and address.account = :workspace and handle = :channel
                      and message.role = 'user' and message.suppressed_by is null)
                """)
                .param("key", key(thread))
                .param("slack", Workspaces.CHANNEL)
                .param("workspace", workspace)
                .param("channel", channel)
                .query(Boolean.class)
                .single();
    }
}
