package io.serai.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.contact.Trace;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Updates that hold no message, or none that could be accepted: kept for 30 days, or until they could. */
@Repository
class Unread implements Trace {

    /** The rule under which those stand that should have been accepted. */
    static final String FAILED = "failed";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;

    Unread(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String table() {
        return "telegram_update";
    }

    /** In an update the ids of people and groups are numbers. */
    @Override
    public String condition() {
        return """
                exists (select from address
                        where channel = 'telegram' and account = bot and contact_id = any (:contacts)
                          and handle ~ '^-?[0-9]+$' and raw ~ concat('"id" *: *', handle, '\\M'))
                """;
    }

    /** Keeps it once, however often it comes. */
    void keep(Update update, String rule, String reason) {
        keep(update.bot(), rule, reason, update.json().toString());
    }

    void keep(String bot, String rule, String reason, String sent) {
        String raw = Said.clean(sent);
        jdbc.sql("""
                with swept as (
                    delete from telegram_update where received_at < now() - interval '30 days' and rule <> :failed
                )
                insert into telegram_update (bot, rule, reason, raw, hash)
                values (:bot, :rule, :reason, :raw, sha256(convert_to(:raw, 'UTF8')))
                on conflict (bot, hash) do nothing
                """)
                .param("failed", FAILED)
                .param("bot", bot)
                .param("rule", rule)
                .param("reason", reason)
                .param("raw", raw)
                .update();
    }

    /** What could not be accepted when it came, oldest first. */
    List<Update> failed(String bot) {
        return jdbc.sql("select raw from telegram_update where bot = :bot and rule = :failed order by id")
                .param("bot", bot)
                .param("failed", FAILED)
                .query((row, number) -> read(bot, row.getString("raw")))
                .list();
    }

    /** It has been accepted after all. */
    void settle(Update update) {
        jdbc.sql("delete from telegram_update where bot = :bot and hash = sha256(convert_to(:raw, 'UTF8'))")
                .param("bot", update.bot())
                .param("raw", update.json().toString())
                .update();
    }

    private static Update read(String bot, String raw) {
        try {
            return new Update(bot, JSON.readTree(raw));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an update that was kept is no JSON any more", impossible);
        }
    }
}
