package io.serai.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.contact.Contacts;
import io.serai.message.Attachment;
import io.serai.message.Lease;
import io.serai.message.Message;
import io.serai.message.Reply;
import io.serai.message.Role;
import io.serai.message.Turn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Turns and replies, as the transcript has them. */
@Repository
public class Playback {

    private static final String MESSAGES = """
            select message.id, message.role, message.text, message.attachments, message.said_at, message.contact_id, contact.name, contact.time_zone,
                   conversation.id as conversation_id, conversation.key, conversation.fresh_from,
                   address.id as address_id, address.channel, address.account, address.handle
            from message
            join conversation on conversation.id = message.conversation_id
            join contact on contact.id = message.contact_id
            join address on address.id = message.address_id
            where %s
            order by message.id
            """;
    private static final String UNANSWERED = MESSAGES.formatted("message.role = 'user' and message.id = any (:subjects) and message.answer_id is null");
    private static final String ANSWERED = MESSAGES.formatted("message.answer_id = any (:subjects) and (idle_at is null or idle_at < message.said_at)");
    private static final String THEMSELVES = MESSAGES.formatted("message.id = any (:subjects)");

    private static final String NONE = "[]";

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Playback(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The turn that these messages make: those of them that have no answer yet. */
    public Optional<Turn> turn(Lease lease, List<Long> messages) {
        return read(lease, UNANSWERED, messages.toArray(Long[]::new));
    }

    /**
     * A reply with the turn it answered. What answered none, as a message that nobody asked for, has a turn without messages, and so has what was said
     * before the talk was put to rest: that turn was thought over.
     */
    public Optional<Reply> reply(Lease lease, long id) {
        return read(lease, ANSWERED, id)
                .or(() -> read(lease, THEMSELVES, id).map(turn -> turn.with(List.of())))
                .flatMap(turn -> jdbc.sql("select text, author from message where id = :id")
                        .param("id", id)
                        .query((row, number) -> new Reply(id, turn, null, row.getString("text"), row.getString("author")))
                        .optional());
    }

    private Optional<Turn> read(Lease lease, String messages, Long... subjects) {
        List<Turn> single = jdbc.sql(messages).param("subjects", subjects).query((row, number) -> turn(lease, row)).list();
        return single.isEmpty() ? Optional.empty() : Optional.of(single.getLast().with(single.stream().flatMap(turn -> turn.messages().stream()).toList()));
    }

    private Turn turn(Lease lease, ResultSet row) throws SQLException {
        return new Turn(Contacts.contact(row), Contacts.conversation(row), Contacts.address(row), List.of(message(row)), lease);
    }

    private Message message(ResultSet row) throws SQLException {
        return new Message(row.getLong("id"), Role.of(row.getString("role")), row.getString("text"), attachments(row.getString("attachments")),
                row.getObject("said_at", OffsetDateTime.class).toInstant());
    }

    private List<Attachment> attachments(String text) {
        try {
            return text.equals(NONE) ? List.of() : json.readValue(text, new TypeReference<ArrayList<Attachment>>() {});
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("attachments of a message cannot be read", unreadable);
        }
    }
}
