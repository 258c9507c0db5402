package io.serai.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.channel.Attachments;
import io.serai.memory.Transcript.Entry;
import io.serai.message.Arrival;
import io.serai.message.Attachment;
import io.serai.message.Inbound;
import io.serai.think.Tokens;
import io.serai.work.Lanes;
import io.serai.work.Queue;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Messages that somebody edited. As long as nobody has begun to answer a message, or to learn of one that is not answered, its later wording takes its
 * place, and what it said before is kept beside it. Afterwards the later wording is a message of its own.
 */
@Repository
class Wordings {

    private record Original(
            long id, UUID publicId, long conversationId, String text, String attachments, boolean answered, boolean held, boolean suppressed) {}

    private final JdbcClient jdbc;
    private final Transcript transcript;
    private final Attachments files;
    private final Lanes lanes;
    private final ObjectMapper json;

    Wordings(JdbcClient jdbc, Transcript transcript, Attachments files, Lanes lanes, ObjectMapper json) {
        this.jdbc = jdbc;
        this.transcript = transcript;
        this.files = files;
        this.lanes = lanes;
        this.json = json;
    }

    /**
     * Writes a later wording, once; belongs into the transaction of who accepts it.
     *
     * @return empty when address and conversation are no longer this contact's
     */
    Optional<Entry> write(Arrival edit) {
        hold(edit.contact().id());
        Optional<Original> found = find(edit);
        if (found.isEmpty()) {
            return transcript.write(edit, null);
        }
        Original original = found.get();
        if (saysTheSame(original, edit.inbound()) || isKnown(edit.inbound())) {
            return Optional.of(new Entry(original.id(), original.publicId(), false));
        }
        if (!isOpen(original, edit)) {
            return transcript.write(edit, original.id());
        }
        replace(original, edit.inbound());
        return Optional.of(new Entry(original.id(), original.publicId(), false));
    }

    /** Nobody writes or embeds anything of theirs meanwhile: what frames quote of the message is put aside, and no frame may quote it just now (V32__slim.sql). */
    private void hold(long contact) {
        jdbc.sql("select from contact where id = :contact for update").param("contact", contact).query(row -> {});
    }

    /** The message as it was worded last, if it is of the same sender; it stays as it is until the transaction ends. */
    private Optional<Original> find(Arrival edit) {
        return jdbc.sql("""
                with named as (
                    select id from message
                    where channel = :channel and account = :account and external_id = :replaces and address_id = :address and role = 'user'
                )
                select id, public_id, conversation_id, text, attachments::text as attachments, answer_id is not null as answered,
                       held_by is not null as held, suppressed_by is not null as suppressed
                from message
                where id in (select id from named) or rewords in (select id from named)
                order by id desc
                limit 1
                for update
                """)
                .param("channel", edit.inbound().channel())
                .param("account", edit.inbound().account())
                .param("replaces", edit.inbound().around().replaces())
                .param("address", edit.address().id())
                .query(Original.class)
                .optional();
    }

    private boolean isOpen(Original original, Arrival edit) {
        if (original.suppressed()) {
            return edit.verdict().isSuppressed() && !isRead(original);
        }
        return original.held() || !original.answered() && lanes.isWaiting(Queue.TURNS, original.conversationId(), original.id());
    }

    /** What was found, learned or told in short of is never looked at again. */
    private boolean isRead(Original original) {
        return jdbc.sql("""
                select exists (select from recollection where conversation_id = :conversation and message_id >= :message)
                    or exists (select from study where conversation_id = :conversation and learned_to >= :message)
                    or exists (select from summary where conversation_id = :conversation and up_to >= :message)
                """)
                .param("conversation", original.conversationId())
                .param("message", original.id())
                .query(Boolean.class)
                .single();
    }

    private boolean saysTheSame(Original original, Inbound edit) {
        return original.text().equals(edit.text())
                && (edit.attachments().isEmpty() || named(files(original)).equals(named(edit.attachments())));
    }

    /** Without their places: a file that is fetched again has another. */
    private static List<Attachment> named(List<Attachment> files) {
        return files.stream().map(file -> new Attachment(file.name(), file.type(), file.size(), null)).toList();
    }

    /** An edit that took a message's place has no row of its own in the transcript. */
    private boolean isKnown(Inbound edit) {
        return jdbc.sql("select exists (select from wording where channel = :channel and account = :account and external_id = :external)")
                .param("channel", edit.channel())
                .param("account", edit.account())
                .param("external", edit.externalId())
                .query(Boolean.class)
                .single();
    }

    private void replace(Original original, Inbound edit) {
        jdbc.sql("""
                with earlier as (
                    insert into wording (message_id, channel, account, external_id, text) values (:id, :channel, :account, :external, :before)
                )
                update message set text = :text, tokens = :tokens,
                       attachments = case when :attachments = '[]' then attachments else :attachments::jsonb end
                where id = :id
                """)
                .param("id", original.id())
                .param("channel", edit.channel())
                .param("account", edit.account())
                .param("external", edit.externalId())
                .param("before", original.text())
                .param("text", edit.text())
                .param("tokens", Tokens.in(edit.text()))
                .param("attachments", json.valueToTree(edit.attachments()).toString())
                .update();
        files.claim(original.id(), edit.attachments());
    }

    private List<Attachment> files(Original original) {
        try {
            return List.of(json.readValue(original.attachments(), Attachment[].class));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("attachments of a message cannot be read", unreadable);
        }
    }
}
