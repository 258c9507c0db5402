package io.serai.channel;

import io.serai.message.Attachment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The files that came with messages. */
@Repository
public class Attachments {

    private static final String SCHEME = "attachment:";
    private static final Pattern PLACE = Pattern.compile(SCHEME + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final JdbcClient jdbc;

    Attachments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a file before its message is accepted; what no message names after a day is swept away. */
    public Attachment keep(String name, String type, byte[] bytes) {
        String called = storable(name, "file");
        String declared = storable(type, "application/octet-stream");
        UUID id = jdbc.sql("insert into attachment (name, type, bytes) values (:name, :type, :bytes) returning id")
                .param("name", called)
                .param("type", declared)
                .param("bytes", bytes)
                .query(UUID.class)
                .single();
        return new Attachment(called, declared, bytes.length, SCHEME + id);
    }

    /** Notes that a message names these files; belongs into the transaction that accepts it. */
    public void claim(long message, List<Attachment> named) {
        UUID[] kept = named.stream().map(Attachments::id).filter(Objects::nonNull).toArray(UUID[]::new);
        if (kept.length > 0) {
            jdbc.sql("update attachment set message_id = :message where id = any (:kept)").param("message", message).param("kept", kept).update();
        }
    }

    /** The bytes of a file that was kept here. */
    public Optional<byte[]> read(Attachment attachment) {
        return Optional.ofNullable(id(attachment))
                .flatMap(id -> jdbc.sql("select bytes from attachment where id = :id").param("id", id).query(byte[].class).optional());
    }

    /** The id of a file that was kept here, or null; what the name of the place says else is not ours. */
    private static UUID id(Attachment attachment) {
        String place = attachment.place();
        return place != null && PLACE.matcher(place).matches() ? UUID.fromString(place.substring(SCHEME.length())) : null;
    }

    /** What a stranger called it, as far as a database can keep it. */
    private static String storable(String foreign, String otherwise) {
        String kept = foreign == null ? "" : foreign.replace("\0", "");
        return kept.isBlank() ? otherwise : kept;
    }
}
