package io.serai.memory;

import io.serai.message.Turn;
import io.serai.profile.Profiles;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * {@code /forget ...}: takes out a fact of the contact who asks, once they confirm it: what they asked us to remember with what came of it ({@link Oblivion}),
 * or a fact of their profile, of which all that was said stays.
 */
@Component
class Forget implements Command {

    private static final Pattern CONFIRMED = Pattern.compile("([fp]\\d{1,18})\\s+(?:yes|ja|y)", Pattern.CASE_INSENSITIVE);

    /** Characters of what is asked that are looked for. */
    private static final int READ = 200;

    private static final String FORGOTTEN = "I have forgotten it, and do not find it any more, nor where I repeated its figures, unless you said them elsewhere. "
            + "The record of our talk still has what was written, and what other messages say of it stays.";

    private static final String UNKNOWN = "I know nothing under this number.";

    private final JdbcClient jdbc;
    private final Profiles profiles;
    private final Oblivion oblivion;

    Forget(JdbcClient jdbc, Profiles profiles, Oblivion oblivion) {
        this.jdbc = jdbc;
        this.profiles = profiles;
        this.oblivion = oblivion;
    }

    /**
     * @param id f and a number for what we were asked to remember, p and a number for a fact of the profile
     * @param total how many were found, of which the first are told
     */
    record Known(String id, String text, int total) {}

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
        return oblivion.takes(contact, id) ? FORGOTTEN : UNKNOWN;
    }
}
