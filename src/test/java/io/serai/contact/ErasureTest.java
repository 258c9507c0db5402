package io.serai.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.message.Address;
import io.serai.message.Inbound;
import io.serai.town.Town;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/** A word of theirs lies in every table that can hold one, also in those that name nobody; then they are erased. */
@Tag("database")
@ResourceLock(Town.SHARED)
class ErasureTest {

    /** What knows nobody, as whoever adds a table decides here. */
    private static final Set<String> OURS = Set.of("account_pause", "death", "erasure", "flyway_schema_history", "frame_stem", "mailbox", "ownership", "route_revision", "route_text",
            "secret", "staff", "token");

    /** What is theirs and has no room for a word: numbers and names of ours. */
    private static final Set<String> WORDLESS = Set.of("lane", "contact_merge_row", "model_call");

    /** Rows that name the contact, in words of the scene. */
    private static final String EVERYWHERE = """
            update contact set name = :word, time_zone = 'Europe/Berlin' where id = :contact;
            update conversation set context = jsonb_build_object('order', :word) where id = :conversation;
            update message set text = :word, attachments = jsonb_build_array(:word) where id = :message;
            insert into message (conversation_id, contact_id, address_id, role, author, text, arguments, outcome, for_reply, channel, account, tokens, said_at)
                values (:conversation, :contact, :address, 'tool', :word, :word, :word, 'ok', :message, 'webhook', '', 1, now());
            insert into address (contact_id, channel, account, handle) values (:contact, 'email', 'support', :word || '@example.org'), (:contact, 'telegram', 'main', :chat);
            insert into attachment (name, type, bytes, message_id) values ('note.txt', 'text/plain', convert_to(:word, 'UTF8'), :message);
            insert into commitment (contact_id, who, what, message_id, made_at) values (:contact, 'us', :word, :message, now());
            insert into contact_merge (kept_id, merged_id, merged_by) values (:contact, :other, 'webhook:' || :word);
            insert into contact_merge_row (merge_id, "table", row_id) select max(id), 'message', :message from contact_merge where kept_id = :contact;
            insert into parcel (reply_id, conversation_id, address_id, part, text) values (:message, :conversation, :address, 9, :word);
            insert into counter (address_id, parcel_id, reply_id, text) select address_id, id, reply_id, text from parcel where reply_id = :message and part = 9;
            insert into dead_letter (queue, conversation_id, shape, subjects, body, reason, trace, attempts)
                values ('turns', :conversation, 'Turn', array[:message::bigint], jsonb_build_array(:word), :word, :word, 1);
            insert into dead_letter_story (letter_id, event, reason) select id, 'died', reason from dead_letter where conversation_id = :conversation;
            insert into delivery_preference (contact_id, main) values (:contact, :word);
            insert into export_code (address_id, asked_by, hash, expires_at) values (:address, :contact, convert_to(:word, 'UTF8'), now());
            insert into fact (contact_id, message_id, text) values (:contact, :message, :word);
            insert into frame (reply_id, prompt) values (:message, jsonb_build_array(:word));
            insert into link (address_id, code, expires_at) values (:address, :word, now());
            insert into mail (account, handle, message_id, thread, subject, ancestors, verified, ours, automatic)
                values ('support', :word || '@example.org', :word, :word, :word, '', true, false, false);
            insert into mail_aside (mailbox, uid_validity, uid, why, raw)
                values ('support', 1, :message, 'unreadable', convert_to('From: Ada <' || upper(:word) || '@Example.org>' || :word, 'UTF8'));
            insert into model_call (conversation_id, message_id, role, model, provider, tokens_in, tokens_out, cost, millis, outcome, called_at)
                values (:conversation, :message, 'main', 'm', 'p', 1, 1, 0, 1, 'ok', now());
            insert into note (contact_id, category, content, priority, pinned, created_by) values (:contact, 'context', :word, 'low', true, 'ada');
            insert into pairing (address_id, channel, code, made_at, expires_at) values (:address, 'webhook', :word, now(), now());
            insert into profile_fact (contact_id, path, value, told_by, learned_at) values (:contact, 'identity.company', :word, 'model', now());
            insert into profile_change (contact_id, path, was, now, changed_at) values (:contact, 'identity.company', :word, :word, now());
            insert into context_patch (message_id, patch) values (:message, jsonb_build_object('word', :word::text));
            insert into raw (message_id, sent) values (:message, :word);
            insert into snapshot (day, contact_id, stage, hot, quotes, pending, overdue, profile, line) values (current_date, :contact, 'x', false, 0, 0, 0, '{}', :word);
            insert into speaker (contact_id, name) values (:contact, :word);
            insert into study (conversation_id, error) values (:conversation, :word) on conflict (conversation_id) do update set error = excluded.error;
            insert into summary (contact_id, conversation_id, text, up_to, made_by, created_at) values (:contact, :conversation, :word, 1, 'model', now());
            insert into telegram_update (bot, rule, raw, hash)
                values ('main', 'failed', '{"message":{"chat":{"id":' || :chat || '},"text":"' || :word || '"}}', convert_to(:word, 'UTF8'));
            insert into wording (message_id, channel, account, external_id, text) values (:message, 'webhook', '', :word, :word);
            insert into work (queue, conversation_id, subject_id, due_at, error) values ('parcels', :conversation, 0, 'infinity', :word)
            """;

    private final Town town = Town.shared();
    private final String word = "canary" + UUID.randomUUID().toString().replace("-", "");

    @Test
    void leavesAWordInNoTable() throws IOException {
        town.model().says("Well.");
        var receipt = town.receives(Inbound.of("webhook", "", word, word, "Hello " + word, town.clock().instant()));
        town.answer(receipt);
        await().until(() -> holding().contains("recollection_word"));
        var other = town.bean(Contacts.class).meet("webhook", "", UUID.randomUUID().toString(), "Bob", "main");
        furnish(receipt.contact().id(), receipt.conversation().id(), receipt.address(), receipt.messageId(), other.contact().id());
        town.sql().sql("""
                insert into telegram_update (bot, rule, raw, hash) values ('main', 'failed', '{"message":{"chat":{"id":' || :chat || '1}}}', convert_to(:chat, 'UTF8'))
                """).param("chat", chat(receipt.messageId())).update();

        Set<String> theirs = town.bean(Belongings.class).conditions().keySet();
        assertThat(tables()).as("each table is theirs or ours").allMatch(table -> OURS.contains(table) || theirs.contains(table) || table.equals("recollection_word"));
        assertThat(holding()).as("the scene has a word in every table that is theirs").containsAll(theirs.stream()
                .filter(table -> !WORDLESS.contains(table) && !table.equals("recollection")).toList());
        assertThat(exported(receipt.contact().id()).fieldNames()).toIterable()
                .containsAll(theirs.stream().filter(table -> !table.equals("lane")).toList());

        town.bean(Belongings.class).erase(receipt.contact().id(), "ada");

        assertThat(holding()).isEmpty();
        assertThat(town.sql().sql("select count(*) from telegram_update where hash = convert_to(:chat, 'UTF8')").param("chat", chat(receipt.messageId()))
                .query(Integer.class).single()).as("of another chat").isOne();
        assertThat(town.bean(Contacts.class).find(other.contact().id())).isPresent();
    }

    @Test
    void turnsWhoWritesMeanwhileIntoSomebodyNew() throws Exception {
        town.model().says("Well.");
        var receipt = town.receives(Inbound.of("webhook", "", word, word, "Hello", town.clock().instant()));
        town.answer(receipt);
        Inbound meanwhile = Inbound.of("webhook", "", word, word + "-2", "Hello again", town.clock().instant());
        var door = new FutureTask<>(() -> town.receives(meanwhile));

        town.bean(TransactionTemplate.class).executeWithoutResult(transaction -> {
            town.bean(Belongings.class).erase(receipt.contact().id(), "ada");
            int us = town.sql().sql("select pg_backend_pid()").query(Integer.class).single();
            Thread.ofVirtual().start(door);
            await().until(() -> town.sql().sql("select exists (select from pg_stat_activity where :us = any (pg_blocking_pids(pid)) and query ilike '%insert into message%')")
                    .param("us", us).query(Boolean.class).single());
        });

        assertThatThrownBy(() -> door.get(20, TimeUnit.SECONDS)).rootCause().isInstanceOf(TransientDataAccessException.class);
        assertThat(town.receives(meanwhile).contact().id()).isNotEqualTo(receipt.contact().id());
    }

    @Test
    void readsNoTableWhole() {
        Estate estate = Estate.of(town.bean(ForeignKeys.class).all());

        String plans = town.bean(TransactionTemplate.class).execute(transaction -> {
            town.sql().sql("set local enable_seqscan = off").update(); // unless there is no other way
            return estate.conditions().entrySet().stream()
                    .flatMap(table -> town.sql().sql("explain select from %s where %s".formatted(table.getKey(), table.getValue()))
                            .param("contacts", new Long[] {1L, 2L})
                            .query(String.class)
                            .list()
                            .stream())
                    .collect(Collectors.joining("\n"));
        });

        assertThat(plans).contains("Index").doesNotContain("Seq Scan");
    }

    private JsonNode exported(long contact) throws IOException {
        var file = new ByteArrayOutputStream();
        town.bean(Belongings.class).export(contact, file);
        return town.bean(ObjectMapper.class).readTree(file.toByteArray());
    }

    private static String chat(long message) {
        return "-100" + (7_000_000 + message);
    }

    private void furnish(long contact, long conversation, Address address, long message, long other) {
        Arrays.stream(EVERYWHERE.split(";\n")).forEach(statement -> {
            var sql = town.sql().sql(statement);
            var values = Map.of("word", word, "contact", contact, "conversation", conversation, "address", address.id(), "message", message,
                    "other", other, "chat", chat(message));
            sql.params(values.entrySet().stream().filter(value -> statement.contains(":" + value.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))).update();
        });
    }

    private List<String> tables() {
        return town.sql().sql("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'").query(String.class).list();
    }

    /** The tables that hold the word anywhere, as a search through a dump would find it. */
    private List<String> holding() {
        return tables().stream()
                .filter(table -> town.sql()
                        .sql("select exists (select from %1$s where strpos(lower(%1$s::text), :word) > 0 or strpos(%1$s::text, encode(convert_to(:word, 'UTF8'), 'hex')) > 0)"
                                .formatted(table))
                        .param("word", word)
                        .query(Boolean.class)
                        .single())
                .toList();
    }
}
