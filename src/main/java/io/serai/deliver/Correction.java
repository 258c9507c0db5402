package io.serai.deliver;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Corrects what a dead letter was to send, or where to, before it is replayed. It never goes to anybody but the contact it was meant for. */
@Component
public class Correction {

    private final JdbcClient jdbc;
    private final Revival revival;
    private final Ways ways;
    private final List<Spelling> spellings;

    Correction(JdbcClient jdbc, Revival revival, Ways ways, List<Spelling> spellings) {
        this.jdbc = jdbc;
        this.revival = revival;
        this.ways = ways;
        this.spellings = spellings;
    }

    /**
     * What is to be corrected; null for what stays.
     *
     * @param part which part gets the text; null for the first that was not sent
     * @param text Markdown
     * @param account of ours; null for that of the address it had
     */
    public record Wish(Integer part, String text, String channel, String account, String handle) {}

    /**
     * @param seen the last of its stories when it was read
     * @return whether it still was
     * @throws Unmovable when it cannot be corrected so
     */
    @Transactional
    public boolean correct(long id, long seen, String who, Wish wish) {
        Long[] subjects = revival.parcelsOf(id).toArray(Long[]::new);
        if (!revival.isStill(id, seen)) {
            return false;
        }
        if (wish.text() != null) {
            text(subjects, wish);
            revival.tell(id, "edited", who, "text");
        }
        if (wish.handle() != null) {
            address(subjects, wish);
            revival.tell(id, "edited", who, "address");
        }
        return true;
    }

    private void text(Long[] subjects, Wish wish) {
        int changed = jdbc.sql("""
                update parcel set text = :text, begun_at = null
                where id = (select id from parcel
                            where reply_id in (select reply_id from parcel where id = any (:subjects)) and state = 'dead' and folded_into is null
                              and part = coalesce(:part::int, part)
                            order by part limit 1)
                """)
                .param("text", wish.text())
                .param("subjects", subjects)
                .param("part", wish.part())
                .update();
        if (changed == 0) {
            throw new Unmovable("There is no such part that was not sent.");
        }
    }

    private void address(Long[] subjects, Wish wish) {
        if (wish.channel() != null && !ways.leadTo(wish.channel())) {
            throw new Unmovable("There is no routes/deliver/" + wish.channel() + ".yaml that could send it.");
        }
        long address = addressOf(subjects, wish);
        int there = jdbc.sql("""
                select count(*) from parcel one join parcel other on other.reply_id = one.reply_id and other.part = one.part and other.id <> one.id
                where one.reply_id in (select reply_id from parcel where id = any (:subjects)) and one.state = 'dead'
                  and other.address_id = :address and one.address_id <> :address
                """)
                .param("subjects", subjects)
                .param("address", address)
                .query(Integer.class)
                .single();
        if (there > 0) {
            throw new Unmovable("It was tried at that address before. Choose another.");
        }
        jdbc.sql("""
                update parcel
                set address_id = :address, thread = case when address_id = :address then thread end, begun_at = case when address_id = :address then begun_at end
                where reply_id in (select reply_id from parcel where id = any (:subjects)) and state = 'dead'
                """)
                .param("subjects", subjects)
                .param("address", address)
                .update();
    }

    private long addressOf(Long[] subjects, Wish wish) {
        List<Long> found = jdbc.sql("""
                with old as (
                    select address.* from parcel join address on address.id = address_id where parcel.id = :subject
                ), new as (
                    insert into address (contact_id, channel, account, handle)
                    select contact_id, coalesce(:channel, channel), coalesce(:account, account), :handle from old
                    on conflict do nothing
                    returning id
                )
                select id from new
                union all
                select address.id from address join old using (contact_id)
                where address.channel = coalesce(:channel, old.channel) and address.account = coalesce(:account, old.account) and address.handle = :handle
                """)
                .param("subject", subjects[0])
                .param("channel", wish.channel())
                .param("account", wish.account())
                .param("handle", spelled(subjects, wish))
                .query(Long.class)
                .list();
        if (found.isEmpty()) {
            throw new Unmovable("That address belongs to somebody else, who must not read this.");
        }
        return found.getFirst();
    }

    /** Spelled in another way it would be nobody's address, though it is somebody's. */
    private String spelled(Long[] subjects, Wish wish) {
        String channel = jdbc.sql("select coalesce(:channel, channel) from parcel join address on address.id = address_id where parcel.id = :subject")
                .param("channel", wish.channel())
                .param("subject", subjects[0])
                .query(String.class)
                .single();
        return spellings.stream()
                .filter(spelling -> spelling.channel().equals(channel))
                .findFirst()
                .map(spelling -> spelling.spell(wish.handle())
                        .orElseThrow(() -> new Unmovable("That is no address to which " + channel + " could send anything.")))
                .orElse(wish.handle());
    }
}
