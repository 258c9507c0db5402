package io.serai.memory;

import io.serai.message.Turn;
import io.serai.profile.Profiles;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code /forget ...}: takes out a fact of the contact who asks, once they confirm it; what is taken out of the profile does not come back. */
@Component
class Forget implements Command {

    private static final Pattern CONFIRMED = Pattern.compile("([fp]\\d{1,18})\\s+(?:yes|ja|y)", Pattern.CASE_INSENSITIVE);

    private final JdbcClient jdbc;
    private final Profiles profiles;

    Forget(JdbcClient jdbc, Profiles profiles) {
        this.jdbc = jdbc;
        this.profiles = profiles;
    }

    /** @param id f and a number for what we were asked to remember, p and a number for a fact of the profile */
    record Known(String id, String text) {}

    @Override
    public String word() {
        return "forget";
    }

    @Override
    public String obey(Turn turn, String argument) {
        long contact = turn.contact().id();
        Matcher confirmed = CONFIRMED.matcher(argument.strip());
        if (confirmed.matches()) {
            return forget(contact, confirmed.group(1).toLowerCase(java.util.Locale.ROOT)) ? "I have forgotten it." : "I know nothing under this number.";
        }
        List<Known> found = find(contact, argument.strip());
        if (found.isEmpty()) {
            return argument.isBlank() ? "There is nothing that I could forget." : "I know nothing like that.";
        }
        return "Shall I forget this? Answer with its number and `yes`:\n\n"
                + found.stream().map(one -> "- %s → `/forget %s yes`".formatted(one.text(), one.id())).collect(Collectors.joining("\n"));
    }

    /** What has any of the words, or the number; everything when none is given. */
    private List<Known> find(long contact, String words) {
        return jdbc.sql("""
                with known as (
                    select 'f' || id as id, text from fact where contact_id = :contact
                    union all
                    select 'p' || id, path || ' = ' || value from profile_fact where contact_id = :contact and deleted_by is null
                ), asked as (
                    select replace(plainto_tsquery('english', :words)::text, '&', '|')::tsquery as words
                )
                select id, text from known, asked
                where :words = '' or id = lower(:words) or to_tsvector('english', text) @@ asked.words
                order by ts_rank(to_tsvector('english', text), asked.words) desc, id
                limit 10
                """)
                .param("contact", contact)
                .param("words", words)
                .query(Known.class)
                .list();
    }

    private boolean forget(long contact, String id) {
        long number = Long.parseLong(id.substring(1));
        return id.startsWith("p")
                ? profiles.delete(contact, number, "contact")
                : jdbc.sql("delete from fact where contact_id = :contact and id = :id").param("contact", contact).param("id", number).update() == 1;
    }
}
