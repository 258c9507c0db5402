package io.serai.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serai.message.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What other systems and operators say of a conversation, as one JSON object: the order it is about, and how that stands. What comes is merged into
 * what is there (JSON Merge Patch, RFC 7396: deep; null takes out), and the model is told it as data ({@code memory/layers/context.sql}).
 */
@Repository
public class Contexts {

    /** Characters of a context as it is kept; a prompt tells less. */
    static final int LONGEST = 16_000;

    /** Objects and lists within each other. */
    static final int DEEPEST = 16;

    /**
     * The context of a conversation.
     *
     * @param tag changes whenever it does
     */
    public record Context(JsonNode json, String tag) {}

    private static final String SHOWN = "context::text as context, md5(context::text) as tag";

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Contexts(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @return empty when the contact has no such conversation */
    public Optional<Context> of(long contactId, long conversationId) {
        return jdbc.sql("select " + SHOWN + " from conversation where contact_id = :contact and id = :conversation")
                .param("contact", contactId)
                .param("conversation", conversationId)
                .query(this::context)
                .optional();
    }

    /**
     * Merges what a message brings, in the transaction that accepts it.
     *
     * @throws Refused when it is no JSON object or the context would become too large: the message is not accepted then
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void merge(long messageId, long conversationId, String patch) {
        Context merged = jdbc.sql("""
                with brought as (
                    insert into context_patch (message_id, patch) values (:message, :patch::jsonb)
                )
                update conversation set context = merge_patch(context, :patch::jsonb) where id = :conversation
                returning\s""" + SHOWN)
                .param("message", messageId)
                .param("conversation", conversationId)
                .param("patch", checked(patch))
                .query(this::context)
                .single();
        bounded(merged);
    }

    /**
     * Merges what an operator says.
     *
     * @param seen the tag of the context they have read
     * @return what it is now, or empty when it is another one than they have read
     * @throws Refused when it is no JSON object or the context would become too large
     */
    @Transactional
    public Optional<Context> merge(long contactId, long conversationId, String seen, String patch) {
        Optional<Context> merged = jdbc.sql("""
                update conversation set context = merge_patch(context, :patch::jsonb)
                where contact_id = :contact and id = :conversation and md5(context::text) = :seen
                returning\s""" + SHOWN)
                .param("contact", contactId)
                .param("conversation", conversationId)
                .param("seen", seen)
                .param("patch", checked(patch))
                .query(this::context)
                .optional();
        merged.ifPresent(Contexts::bounded);
        return merged;
    }

    private String checked(String patch) {
        try {
            JsonNode sent = json.readTree(patch);
            if (!sent.isObject()) {
                throw new Refused("a context is a JSON object");
            }
            return json.writeValueAsString(storable(sent, 1));
        } catch (JsonProcessingException malformed) {
            throw new Refused("a context is a JSON object; this is no JSON", malformed);
        }
    }

    /** Without the NULs, which JSON can carry and a database cannot. */
    private JsonNode storable(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new Refused("a context has at most " + DEEPEST + " levels");
        }
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = json.createObjectNode();
                object.properties().forEach(entry -> copy.set(storable(entry.getKey()), storable(entry.getValue(), depth + 1)));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = json.createArrayNode();
                array.forEach(element -> copy.add(storable(element, depth + 1)));
                yield copy;
            }
            default -> node.isTextual() ? json.getNodeFactory().textNode(storable(node.asText())) : node;
        };
    }

    private static String storable(String foreign) {
        return foreign.replace("\0", "");
    }

    private static void bounded(Context context) {
        int length = context.json().toString().length();
        if (length > LONGEST) {
            throw new Refused(("the context of a conversation has at most %d characters, and would have %d with this; "
                    + "null takes out what is not needed any more").formatted(LONGEST, length));
        }
    }

    private Context context(ResultSet row, int number) throws SQLException {
        try {
            return new Context(json.readTree(row.getString("context")), row.getString("tag"));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("a context cannot be read", unreadable);
        }
    }
}
