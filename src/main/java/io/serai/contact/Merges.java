package io.serai.contact;

import io.serai.message.Refused;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Contacts who turned out to be one person. What was the one's becomes the other's, and can be given back: every row that changed hands is written
 * down. Where both know something different, what is known of the one who is kept holds.
 */
@Repository
public class Merges {

    /** @param undoneAt when it was undone, or null */
    public record Merge(long id, long keptId, long mergedId, String mergedBy, OffsetDateTime mergedAt, String undoneBy, OffsetDateTime undoneAt) {}

    private static final String COLUMNS = "id, kept_id, merged_id, merged_by, merged_at, undone_by, undone_at";

    /** What stays behind because the kept contact has its own. What was taken out comes along: beside what holds it stays out. */
    private static final Map<String, String> UNLESS = Map.of(
            "profile_fact", """
                    exists (select from profile_fact known
                            where known.contact_id = :kept and known.path = mine.path
                              and (mine.deleted_by is null and known.deleted_by is null and known.path not like '%[]'
                                   or lower(known.value) = lower(mine.value)))
                    """,
            "delivery_preference", "exists (select from delivery_preference where contact_id = :kept)");

    private final JdbcClient jdbc;
    private final ForeignKeys keys;
    private final Couple couple;
    private final Parting parting;

    Merges(JdbcClient jdbc, ForeignKeys keys, Couple couple, Parting parting) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.couple = couple;
        this.parting = parting;
    }

    /**
     * Makes one contact of two.
     *
     * @throws Refused when they are one already, or one of them is not there
     */
    @Transactional
    public Merge merge(long kept, long merged, String by) {
        couple.hold(kept, merged);
        Merge merge = jdbc.sql("insert into contact_merge (kept_id, merged_id, merged_by) values (:kept, :merged, :by) returning " + COLUMNS)
                .param("kept", kept)
                .param("merged", merged)
                .param("by", by)
                .query(Merge.class)
                .single();
        jdbc.sql("""
                update conversation mine set key = key || ' of contact ' || :merged
                where contact_id = :merged and exists (select from conversation theirs where theirs.contact_id = :kept and theirs.key = mine.key)
                """)
                .param("kept", kept)
                .param("merged", merged)
                .update();
        ofContacts().forEach(key -> move(merge, key));
        keepOff(kept, merged);
        lend(merge);
        couple.nameSpeakers(kept, merged);
        jdbc.sql("update contact set merged_into = :kept where id = :merged").param("kept", kept).param("merged", merged).update();
        return merge;
    }

    /** The tables whose rows belong to one contact, by rows that can be named. */
    private List<ForeignKey> ofContacts() {
        return keys.all().stream()
                .filter(key -> key.parent().equals("contact") && key.column().equals("contact_id"))
                .filter(key -> key.rowColumn() != null)
                .toList();
    }

    private void move(Merge merge, ForeignKey key) {
        jdbc.sql("""
                with moved as (
                    update %1$s mine set contact_id = :kept where contact_id = :merged and not (%3$s) returning %2$s as id
                )
                insert into contact_merge_row (merge_id, "table", row_id) select :merge, '%1$s', id from moved
                """.formatted(key.table(), key.rowColumn(), UNLESS.getOrDefault(key.table(), "false")))
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .param("merge", merge.id())
                .update();
    }

    /** What either turned off stays off: nobody is written to by a way they had closed. */
    private void keepOff(long kept, long merged) {
        jdbc.sql("""
                update delivery_preference mine set off = (select array_agg(distinct channel) from unnest(mine.off || theirs.off) channel)
                from delivery_preference theirs
                where mine.contact_id = :kept and theirs.contact_id = :merged and theirs.off <> '{}'
                """)
                .param("kept", kept)
                .param("merged", merged)
                .update();
    }

    /** Of name and time zone, what the kept one has not. */
    private void lend(Merge merge) {
        jdbc.sql("""
                with lent as (
                    select case when kept.name is null then merged.name end as name,
                           case when kept.time_zone is null then merged.time_zone end as time_zone
                    from contact kept, contact merged where kept.id = :kept and merged.id = :merged
                ), taken as (
                    update contact set name = coalesce(contact.name, lent.name), time_zone = coalesce(contact.time_zone, lent.time_zone)
                    from lent where contact.id = :kept
                )
                update contact_merge set lent_name = lent.name, lent_time_zone = lent.time_zone from lent where contact_merge.id = :merge
                """)
                .param("kept", merge.keptId())
                .param("merged", merge.mergedId())
                .param("merge", merge.id())
                .update();
    }

    /**
     * Makes two contacts again: each gets back what was theirs; what was said in the meantime goes to the one from whose address it came.
     *
     * @throws Refused when there is no such merge, or it was undone before, or one of them was merged again since
     */
    @Transactional
    public Merge undo(long id, String by) {
        couple.holdContactsOf(id);
        Merge merge = jdbc.sql("""
                update contact_merge set undone_by = :by, undone_at = now()
                where id = :id and undone_at is null
                  and exists (select from contact where contact.id = merged_id and merged_into = kept_id)
                  and exists (select from contact where contact.id = kept_id and merged_into is null)
                returning\s""" + COLUMNS)
                .param("by", by)
                .param("id", id)
                .query(Merge.class)
                .optional()
                .orElseThrow(() -> new Refused("there is no merge " + id + " that could be undone; undo later ones of these contacts first"));
        parting.part(merge, ofContacts());
        return merge;
    }

    /** The merges a contact has been part of, the newest first, from before one of them. */
    public List<Merge> of(long contact, long before, int most) {
        return jdbc.sql("select " + COLUMNS + " from contact_merge where (kept_id = :contact or merged_id = :contact) and id < :before order by id desc limit :most")
                .param("contact", contact)
                .param("before", before)
                .param("most", most)
                .query(Merge.class)
                .list();
    }
}
