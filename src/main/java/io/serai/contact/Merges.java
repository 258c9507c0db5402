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

    /** What stays behind because the kept contact has its own. */
    private static final Map<String, String> UNLESS = Map.of("profile_fact", """
            exists (select from profile_fact known
                    where known.contact_id = :kept and known.path = mine.path
                      and (known.path not like '%[]' or lower(known.value) = lower(mine.value)))
            """);

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
        couple.nameSpeakers(kept, merged);
        jdbc.sql("update contact set merged_into = :kept where id = :merged").param("kept", kept).param("merged", merged).update();
        return merge;
    }

    /** The tables whose rows belong to one contact, by rows that can be named. */
    private List<ForeignKey> ofContacts() {
        return keys.all().stream()
                .filter(key -> key.parent().equals("contact") && key.column().equals("contact_id"))
                .filter(key -> key.rowColumn() != null && !key.rowColumn().equals("contact_id"))
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

    /** The merges a contact has been part of, the newest first. */
    public List<Merge> of(long contact) {
        return jdbc.sql("select " + COLUMNS + " from contact_merge where kept_id = :contact or merged_id = :contact order by id desc")
                .param("contact", contact)
                .query(Merge.class)
                .list();
    }
}
