package io.serai.contact;

import io.serai.message.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Two contacts who are merged or parted, while nobody writes about either. Whatever is written about a contact either finds them as they were, and moves
 * along with them, or waits and finds them as they are then. The locks, in this order everywhere:
 *
 * <ol>
 *   <li>the contact: who learns something of them ({@link Owners#hold}), notes something on them, words a message of theirs anew, makes one findable or
 *       begins a conversation takes it first;
 *   <li>the address and the conversation: who writes a message takes a key share of both, as its foreign keys do, before it reads whose they are;
 *   <li>the lanes: who puts a message to work. Who does work takes its lane first; where that meets a parting, Postgres ends one of the two, and the work is
 *       tried again.
 * </ol>
 */
@Repository
class Couple {

    private final JdbcClient jdbc;

    Couple(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws Refused when they are one already, or one of them is not there */
    @Transactional(propagation = Propagation.MANDATORY)
    void hold(long kept, long merged) {
        long free = jdbc.sql("select id from contact where id in (:kept, :merged) and merged_into is null order by id for no key update")
                .param("kept", kept)
                .param("merged", merged)
                .query(Long.class)
                .list()
                .size();
        if (kept == merged || free != 2) {
            throw new Refused("contacts %d and %d cannot be merged: one of them is not there, or they are one already".formatted(kept, merged));
        }
        holdWhatTheyHave(kept, merged);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void holdContactsOf(long merge) {
        jdbc.sql("""
                select from contact join contact_merge on contact.id in (kept_id, merged_id)
                where contact_merge.id = :merge
                order by contact.id
                for no key update of contact
                """)
                .param("merge", merge)
                .query(row -> {});
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void holdWhatTheyHave(long kept, long merged) {
        for (String table : new String[] {"address", "conversation"}) {
            jdbc.sql("select from %s where contact_id in (:kept, :merged) order by id for update".formatted(table))
                    .param("kept", kept)
                    .param("merged", merged)
                    .query(row -> {});
        }
    }

    /** Who spoke with whom is told by what can be recalled of each. */
    @Transactional(propagation = Propagation.MANDATORY)
    void nameSpeakers(long kept, long merged) {
        jdbc.sql("""
                with heard as (
                    select distinct contact_id, speaker as name from recollection where contact_id in (:kept, :merged) and speaker is not null
                ), gone as (
                    delete from speaker where contact_id in (:kept, :merged) and (contact_id, name) not in (select contact_id, name from heard)
                )
                insert into speaker (contact_id, name) select contact_id, name from heard on conflict do nothing
                """)
                .param("kept", kept)
                .param("merged", merged)
                .update();
    }
}
