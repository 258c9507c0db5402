package io.serai.memory;

import io.serai.message.Turn;
import io.serai.profile.Profiles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * {@code /forget ...}: takes out a fact of the contact who asks, once they confirm it. What they asked us to remember is no longer found either, nor known
 * or promised by what was learned of it; so it is with what we said ourselves that repeats its figures ({@link Telltale}), though the transcript has it all.
 * What they said of it elsewhere stays, and so does all that was said of a fact of the profile.
 */
@Component
class Forget implements Command {

    private static final Pattern CONFIRMED = Pattern.compile("([fp]\\d{1,18})\\s+(?:yes|ja|y)", Pattern.CASE_INSENSITIVE);

    /** Characters of what is asked that are looked for. */
    private static final int READ = 200;

    /** What stands in a summary where it told what is forgotten. */
    private static final String GAP = "\\1\\2[forgotten]";

    private static final String FORGOTTEN = "I have forgotten it, and do not find it any more, nor where I repeated its figures, unless you said them elsewhere. "
            + "The record of our talk still has what was written, and what other messages say of it stays.";

    private static final String UNKNOWN = "I know nothing under this number.";

    private final JdbcClient jdbc;
    private final Profiles profiles;

    Forget(JdbcClient jdbc, Profiles profiles) {
        this.jdbc = jdbc;
        this.profiles = profiles;
    }

    /**
     * @param id f and a number for what we were asked to remember, p and a number for a fact of the profile
     * @param total how many were found, of which the first are told
     */
    record Known(String id, String text, int total) {}

    /** @param message what asked us to remember it */
    record Asked(long message, String text) {}

    @Override
    public String word() {
        return "forget";
    }

    @Override
    @Transactional
    public String obey(Turn turn, String argument) {
        long contact = turn.contact().id();
        Matcher confirmed = CONFIRMED.matcher(argument.strip());
        if (confirmed.matches()) {
            return forget(contact, confirmed.group(1).charAt(0), Long.parseLong(confirmed.group(1).substring(1)));
        }
        List<Known> found = find(contact, argument.strip());
        int more = found.isEmpty() ? 0 : found.getFirst().total() - found.size();
        if (found.isEmpty()) {
            return argument.isBlank() ? "There is nothing that I could forget." : "I know nothing like that.";
        }
        return "Shall I forget this? Answer with its number and `yes`:\n\n"
                + found.stream().map(one -> "- %s → `/forget %s yes`".formatted(one.text(), one.id())).collect(Collectors.joining("\n"))
                + (more > 0 ? "\n\nAnd %d more: write a word of it behind `/forget`.".formatted(more) : "");
    }

    /**
     * What has any of the words, whole or with others around it, or the number; everything, the newest first, when none is given. Of long texts the
     * beginning: Postgres may take seconds to read them ({@link Unspaced}).
     */
    private List<Known> find(long contact, String words) {
        return jdbc.sql("""
                with known as (
                    select 'f' || id as id, id as number, text, created_at as since from fact where contact_id = :contact
                    union all
                    select 'p' || id, id, path || ' = ' || value, learned_at from profile_fact where contact_id = :contact and deleted_by is null
                ), asked as (
                    select replace(plainto_tsquery('english', left(:words, 200))::text, '&', '|')::tsquery as words
                ), judged as (
                    select known.*, to_tsvector('english', left(text, 1000)) @@ asked.words as worded,
                           ts_rank(to_tsvector('english', left(text, 1000)), asked.words) as wording,
                           (select count(*) from unnest(:pieces::text[]) as piece where strpos(lower(left(text, 1000)), piece) > 0) as pieces
                    from known, asked
                )
                select id, text, count(*) over () as total
                from judged
                where :words = '' or id = lower(:words) or worded or pieces > 0
                order by wording + pieces desc, since desc, number desc
                limit 10
                """)
                .param("contact", contact)
                .param("words", words)
                .param("pieces", pieces(words))
                .query(Known.class)
                .list();
    }

    /** All of it, as it may stand within longer words, and what it is found by where words are not told apart. */
    private static String[] pieces(String words) {
        String asked = words.substring(0, Math.min(words.length(), READ)).toLowerCase(Locale.ROOT);
        Set<String> pieces = Unspaced.pieces(asked);
        pieces.removeIf(piece -> piece.length() == 1 && !piece.equals(asked)); // it stands in too much
        if (asked.length() > 1) {
            pieces.add(asked);
        }
        return pieces.toArray(String[]::new);
    }

    private String forget(long contact, char kind, long id) {
        if (Character.toLowerCase(kind) == 'p') {
            return profiles.delete(contact, id, "contact")
                    ? "I have taken it out of what I know of you. What was said of it still stands in our talk, where I may come across it."
                    : UNKNOWN;
        }
        return unremember(contact, id) ? FORGOTTEN : UNKNOWN;
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
                delete from commitment where contact_id = :contact and message_id = any (:messages) and (:form::text is null or what ~* :form::text)
                """)
                .param("contact", contact)
                .param("messages", messages)
                .param("form", form)
                .update();
    }

    /** Whoever learns of the message or makes it findable at this moment is waited for (Owners, Recollections), or finds that it is forgotten. */
    private boolean unremember(long contact, long id) {
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

    /** What we said after it, and that repeats it. An isolated talk was never told it: whatever stands there was said there. */
    private void unsay(long contact, Asked fact) {
        Telltale telltale = Telltale.of(fact.text());
        if (telltale.isEmpty() || isSaidElsewhere(contact, telltale)) {
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
                """)
                .param("contact", contact)
                .param("ours", ours)
                .update();
    }

    /** By themselves, not as an order, or as something else that we are to remember: then it may be told. */
    private boolean isSaidElsewhere(long contact, Telltale telltale) {
        return jdbc.sql("""
                select exists (
                    select from talk
                    where contact_id = :contact and role = 'user' and not command and text ~* :own::text
                      and conversation_id in (select id from conversation where contact_id = :contact and reach = 0))
                    or exists (select from fact where contact_id = :contact and text ~* :own::text)
                """)
                .param("contact", contact)
                .param("own", telltale.own())
                .query(Boolean.class)
                .single();
    }

    /** What was told in short can only stem from us then, in whatever words. */
    private void blot(long contact, Telltale telltale) {
        jdbc.sql("""
                with stood as (
                    update conversation set reactivation = regexp_replace(reactivation, :own, :gap, 'gi')
                    where contact_id = :contact and reach = 0 and reactivation ~* :own
                )
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
