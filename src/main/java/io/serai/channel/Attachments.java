package io.serai.channel;

import io.serai.message.Attachment;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The files that came with messages. */
@Repository
public class Attachments {

    private static final String SCHEME = "attachment:";

    private final JdbcClient jdbc;

    Attachments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a file before its message is accepted; what no message names is swept away after a day. */
    public Attachment keep(String name, String type, byte[] bytes) {
        UUID id = jdbc.sql("insert into attachment (name, type, bytes) values (:name, :type, :bytes) returning id")
                .param("name", name)
                .param("type", type)
                .param("bytes", bytes)
                .query(UUID.class)
                .single();
        return new Attachment(name, type, bytes.length, SCHEME + id);
    }

    /** The bytes of a file that was kept here. */
    public Optional<byte[]> read(Attachment attachment) {
        if (attachment.place() == null || !attachment.place().startsWith(SCHEME)) {
            return Optional.empty();
        }
        return jdbc.sql("select bytes from attachment where id = :id")
                .param("id", UUID.fromString(attachment.place().substring(SCHEME.length())))
                .query(byte[].class)
                .optional();
    }
}
