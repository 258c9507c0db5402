package io.serai.memory;

import io.serai.profile.Profiles;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what somebody asked us to remember, and what came of it: what was learned of their message, and what we said ourselves that repeats its figures
 * ({@link Telltale}), with what was learned and told in short of that. The transcript has it all; what they said of it elsewhere stays, and then so does
 * what we said.
 */
@Repository
class Oblivion {

    /** What stands in a summary where it told what is forgotten. */
    private static final String GAP = "\\1\\2[forgotten]";

    /** What somebody said themselves: not as an order, nor in an isolated talk, of which we tell nothing elsewhere. */
    private static final String SAID = """
            from talk where contact_id = :contact and role = 'user' and not command
              and conversation_id in (select id from conversation where contact_id = :contact and reach = 0)
            """;

    private final JdbcClient jdbc;
    private final Profiles profiles;

    Oblivion(JdbcClient jdbc, Profiles profiles) {
        this.jdbc = jdbc;
        this.profiles = profiles;
    }

    /** @param message what asked us to remember it */
    record Asked(long message, String text) {}

    /**
     * Whoever learns of the message or makes it findable at this moment is waited for (Owners, Recollections), or finds that it is forgotten.
     *
     * @return whether there is such a fact of theirs
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean takes(long contact, long id) {
        jdbc.sql("select from contact where id = :contact for no key update").param("contact", contact).query(row -> {});
        Optional<Asked> asked = jdbc.sql("select coalesce(message_id, 0) as message, text from fact where contact_id = :contact and id = :id")
                .param("contact", contact)
                .param("id", id)
                .query(Asked.class)
                .optional();
        asked.ifPresent(fact -> {
            unlearn(contact, new Long[] {fact.message()}, null);
            jdbc.sql("delete from fact where contact_id = :contact and id = :id").param("contact", contact).param("id", id).update();
            jdbc.sql("update message set forgotten_at = now() where id = :message").param("message", fact.message()).update();
            jdbc.sql("delete from recollection where message_id = :message").param("message", fact.message()).update();
            unsay(contact, fact);
        });
        return asked.isPresent();
    }

    /**
     * What was learned of messages, and of no others.
     *
     * @param form only what this regular expression finds; null for all
     */
    private void unlearn(long contact, Long[] messages, String form) {
        jdbc.sql("""
                select id from profile_fact
                where contact_id = :contact and message_id = any (:messages) and again_id is null and (:form::text is null or value ~* :form::text)
                """)
                .param("contact", contact)
                .param("messages", messages)
                .param("form", form)
                .query(Long.class)
                .list()
                .forEach(fact -> profiles.delete(contact, fact, "contact"));
        jdbc.sql("""
                with changed as (
                    delete from profile_change
                    where contact_id = :contact and message_id = any (:messages) and (:form::text is null or was ~* :form::text or now ~* :form::text)
                )
                delete from commitment
                where contact_id = :contact and message_id = any (:messages) and (:form::text is null or what ~* :form::text or due ~* :form::text)
                """)
                .param("contact", contact)
                .param("messages", messages)
                .param("form", form)
                .update();
    }

    /** What we said after it, and that repeats it. An isolated talk was never told it: whatever stands there was said there. */
    private void unsay(long contact, Asked fact) {
        Telltale telltale = Telltale.of(fact.text());
        unchange(contact, fact, telltale);
        if (telltale.isEmpty() || isSaidElsewhere(contact, telltale.own())) {
            return;
        }
        Long[] ours = jdbc.sql("""
                update message said set forgotten_at = now()
                where contact_id = :contact and id > :message and role in ('assistant', 'system') and forgotten_at is null
                  and conversation_id in (select id from conversation where contact_id = :contact and reach = 0)
                  and (text ~* :own::text
                       or text ~* :common::text and cardinality(:words::text[]) <= 2 * (
                           select count(*) from unnest(:words::text[]) as word
                           where text ~* word or exists (select from message asked where asked.answer_id = said.id and asked.text ~* word)))
                returning id
                """)
                .param("contact", contact)
                .param("message", fact.message())
                .param("own", telltale.own())
                .param("common", telltale.common())
                .param("words", telltale.words().toArray(String[]::new))
                .query(Long.class)
                .list()
                .toArray(Long[]::new);
        jdbc.sql("delete from recollection where message_id = any (:ours)").param("ours", ours).update();
        unquote(contact, ours);
        if (telltale.own() != null) {
            unlearn(contact, ours, telltale.own());
            blot(contact, telltale);
        }
    }

    /** What summaries quote of what we said. */
    private void unquote(long contact, Long[] ours) {
        jdbc.sql("""
                update summary set verbatim = (
                    select coalesce(jsonb_agg(kept order by place) filter (where (kept ->> 'message')::bigint <> all (:ours)), '[]')
                    from jsonb_array_elements(verbatim) with ordinality as quoted (kept, place))
                where contact_id = :contact and up_to >= (select min(message) from unnest(:ours::bigint[]) as message)
                  and exists (select from jsonb_array_elements(verbatim) as kept where (kept ->> 'message')::bigint = any (:ours))
                """)
                .param("contact", contact)
                .param("ours", ours)
                .update();
    }

    /** That it became something else, or something else it: this is learned of a later message, which need not tell both. Words must stand as they are. */
    private void unchange(long contact, Asked fact, Telltale telltale) {
        String[] forms = Stream.of(telltale.own(), telltale.common())
                .filter(form -> form != null && !isSaidElsewhere(contact, form))
                .toArray(String[]::new);
        jdbc.sql("""
                delete from profile_change
                where contact_id = :contact
                  and (was ~* any (:forms) or now ~* any (:forms)
                       or strpos(lower(:text), lower(was)) > 0
                          and not exists (select %s and strpos(lower(text), lower(was)) > 0)
                          and not exists (select from fact where contact_id = :contact and strpos(lower(text), lower(was)) > 0))
                """.formatted(SAID))
                .param("contact", contact)
                .param("forms", forms)
                .param("text", fact.text())
                .update();
    }

    /** By themselves, or as something else that we are to remember: then it may be told. */
    private boolean isSaidElsewhere(long contact, String form) {
        return jdbc.sql("""
                select exists (select %s and text ~* :form::text)
                    or exists (select from fact where contact_id = :contact and text ~* :form::text)
                """.formatted(SAID))
                .param("contact", contact)
                .param("form", form)
                .query(Boolean.class)
                .single();
    }

    /** What was told in short can only stem from us then, in whatever words. */
    private void blot(long contact, Telltale telltale) {
        jdbc.sql("""
                update summary set text = regexp_replace(text, :own, :gap, 'gi'), verbatim = (
                    select coalesce(jsonb_agg(kept || jsonb_build_object('text', regexp_replace(kept ->> 'text', :own, :gap, 'gi')) order by place), '[]')
                    from jsonb_array_elements(verbatim) with ordinality as quoted (kept, place))
                where contact_id = :contact and conversation_id in (select id from conversation where contact_id = :contact and reach = 0)
                  and (text ~* :own or verbatim::text ~* :own)
                """)
                .param("contact", contact)
                .param("own", telltale.own())
                .param("gap", GAP)
                .update();
    }
}
