package io.serai.deliver;

import io.serai.work.Lanes;
import io.serai.work.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings dead letters back to work. It is the same work: the same messages, the same parcels under the same ids, at the end of the lane of their
 * conversation, so that what far sides know by an id stays known.
 */
@Component
public class Revival {

    private final JdbcClient jdbc;
    private final Lanes lanes;

    Revival(JdbcClient jdbc, Lanes lanes) {
        this.jdbc = jdbc;
        this.lanes = lanes;
    }

    /**
     * What a replay does.
     *
     * @param possible whether there is anything to be replayed
     * @param what what happens, or why nothing does
     * @param mayHaveArrived whether somebody may get it twice
     */
    public record Prospects(long id, boolean possible, String what, boolean mayHaveArrived) {}

    private record Letter(long id, String queue, long conversationId, List<Long> subjects, boolean mayHaveArrived, String state) {}

    /** These and all that fit the filter, in the order in which they were to be done. */
    public List<Long> inOrder(List<Long> ids, String queue, String reason) {
        return jdbc.sql("""
                select id from dead_letter
                where (id = any (:ids) or cardinality(:ids) = 0 and state = 'open' and (:queue <> '' or :reason <> '')
                       and (:queue = '' or queue = :queue) and (:reason = '' or strpos(lower(reason), lower(:reason)) > 0))
                order by conversation_id, queue, subjects[1], id
                """)
                .param("ids", ids.toArray(Long[]::new))
                .param("queue", queue)
                .param("reason", reason)
                .query(Long.class)
                .list();
    }

    /** @param dry whether only to tell what would happen */
    @Transactional
    public Prospects replay(long id, String who, boolean dry) {
        Letter letter = lock(id).orElse(null);
        if (letter == null || !letter.state().equals("open")) {
            return new Prospects(id, false, letter == null ? "There is no such dead letter." : "It was " + letter.state() + " already.", false);
        }
        Prospects prospects = prospects(letter);
        if (prospects.possible() && !dry) {
            revive(letter);
            close(letter.id(), "replayed", who, null);
        }
        return prospects;
    }

    /**
     * Lets it rest for good.
     *
     * @throws Unmovable when it is not open
     */
    @Transactional
    public void discard(long id, String who, String why) {
        close(open(id).id(), "discarded", who, why);
    }

    /** The subjects of an open dead letter whose parcels may be edited; it is locked until the transaction ends. */
    List<Long> parcelsOf(long id) {
        Letter letter = open(id);
        if (!letter.queue().equals(Queue.PARCELS.word())) {
            throw new Unmovable("Only what is to be sent can be edited; this is what somebody said, or a reply that stands in the transcript.");
        }
        return letter.subjects();
    }

    /** Whether nothing happened to it since a story of it. */
    boolean isStill(long id, long story) {
        return jdbc.sql("select coalesce(max(id), 0) = :story from dead_letter_story where letter_id = :id")
                .param("story", story)
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    void tell(long id, String event, String who, String why) {
        jdbc.sql("insert into dead_letter_story (letter_id, event, who, reason) values (:id, :event, :who, :why)")
                .param("id", id)
                .param("event", event)
                .param("who", who)
                .param("why", why)
                .update();
    }

    private Letter open(long id) {
        Letter letter = lock(id).orElseThrow(() -> new Unmovable("There is no such dead letter."));
        if (!letter.state().equals("open")) {
            throw new Unmovable("It was " + letter.state() + " already.");
        }
        return letter;
    }

    private Optional<Letter> lock(long id) {
        return jdbc.sql("select id, queue, conversation_id, subjects, may_have_arrived, state from dead_letter where id = :id for update")
                .param("id", id)
                .query((row, number) -> new Letter(row.getLong("id"), row.getString("queue"), row.getLong("conversation_id"),
                        List.of((Long[]) row.getArray("subjects").getArray()), row.getBoolean("may_have_arrived"), row.getString("state")))
                .optional();
    }

    private void close(long id, String state, String who, String why) {
        jdbc.sql("update dead_letter set state = :state where id = :id").param("state", state).param("id", id).update();
        tell(id, state, who, why);
    }

    private Prospects prospects(Letter letter) {
        List<String> does = new ArrayList<>();
        switch (Queue.valueOf(letter.queue().toUpperCase(Locale.ROOT))) {
            case PARCELS -> does.addAll(ways(letter));
            case TURNS -> does.addAll(waiting(letter).isEmpty() ? List.of() : List.of("%d message(s) are answered anew".formatted(waiting(letter).size())));
            case REFLECTIONS -> does.add("the reply is reflected upon anew");
        }
        return does.isEmpty() ? new Prospects(letter.id(), false, "Nothing of it waits any more: it was answered or sent since.", false)
                : new Prospects(letter.id(), true, String.join("; ", does), letter.mayHaveArrived());
    }

    private List<String> ways(Letter letter) {
        return jdbc.sql("""
                select count(*) || ' part(s) go to ' || channel || ' ' || handle
                from parcel join address on address.id = address_id
                where reply_id in (select reply_id from parcel where id = any (:subjects)) and state = 'dead' and folded_into is null
                group by channel, handle
                """)
                .param("subjects", letter.subjects().toArray(Long[]::new))
                .query(String.class)
                .list();
    }

    /** Those that have no answer but an apology. */
    private List<Long> waiting(Letter letter) {
        return jdbc.sql("""
                select message.id from message left join message reply on reply.id = message.answer_id
                where message.id = any (:subjects) and (reply.id is null or reply.author = 'apology')
                order by message.id
                """)
                .param("subjects", letter.subjects().toArray(Long[]::new))
                .query(Long.class)
                .list();
    }

    private void revive(Letter letter) {
        Queue queue = Queue.valueOf(letter.queue().toUpperCase(Locale.ROOT));
        List<Long> subjects = queue == Queue.TURNS ? waiting(letter) : letter.subjects();
        if (queue == Queue.TURNS) {
            jdbc.sql("update message set answer_id = null where id = any (:ids)").param("ids", subjects.toArray(Long[]::new)).update();
        } else if (queue == Queue.PARCELS) {
            reviveParcels(letter);
        }
        subjects.forEach(subject -> lanes.put(queue, letter.conversationId(), subject, Duration.ZERO));
    }

    /**
     * A person decided that it is sent once more, so neither doubt nor an address that was stopped holds it. Where a channel sends again by itself, what
     * may have arrived stays in doubt, so that it is looked for first; what was corrected since is something else, and was never begun.
     */
    private void reviveParcels(Letter letter) {
        jdbc.sql("""
                with revived as (
                    update parcel
                    set state = case when :doubted and unknown_policy = 'resend' and begun_at is not null then 'sending' else 'waiting' end,
                        attempts = 0, epoch = null, error = null, since = now()
                    where reply_id in (select reply_id from parcel where id = any (:subjects)) and state = 'dead' and folded_into is null
                    returning id, address_id
                ), folded as (
                    update parcel set state = 'folded' where state = 'dead' and folded_into in (select id from revived)
                )
                update address set stopped_at = null, stopped_why = null
                where stopped_at is not null and id in (select address_id from revived)
                """)
                .param("doubted", letter.mayHaveArrived())
                .param("subjects", letter.subjects().toArray(Long[]::new))
                .update();
    }
}
