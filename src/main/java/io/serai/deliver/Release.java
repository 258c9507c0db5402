package io.serai.deliver;

import io.serai.work.Lanes;
import io.serai.work.Queue;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets parcels go whose quiet hours have ended: those of one address and thread as one message, if the hub is set so. */
@Component("release")
class Release {

    private static final int AT_ONCE = 500;
    private static final String BETWEEN = "\n\n---\n\n";

    /** @param whole whether it is all of its message, and none of it can have been sent */
    private record Waiting(long id, long conversationId, long addressId, String thread, String text, boolean whole) {

        Place place() {
            return new Place(addressId, thread);
        }
    }

    /** Where one message can say it all. */
    private record Place(long addressId, String thread) {}

    /** By all who lock several lanes: two hubs that release at once would wait for each other otherwise. */
    private static final Comparator<Waiting> AS_LANES_ARE_LOCKED = Comparator.comparing(Waiting::conversationId).thenComparing(Waiting::id);

    private final JdbcClient jdbc;
    private final Lanes lanes;
    private final DeliverSettings settings;
    private final Clock clock;

    Release(JdbcClient jdbc, Lanes lanes, DeliverSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.lanes = lanes;
        this.settings = settings;
        this.clock = clock;
    }

    @Transactional
    public void release() {
        Map<Place, List<Waiting>> byPlace = due().stream()
                .collect(Collectors.groupingBy(Waiting::place, LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
        if (settings.fold()) {
            byPlace.values().forEach(this::fold);
        }
        letGo(byPlace.values().stream().flatMap(List::stream).sorted(AS_LANES_ARE_LOCKED).toList());
    }

    private List<Waiting> due() {
        return jdbc.sql("""
                select id, conversation_id, address_id, thread, text,
                       attempts = 0 and begun_at is null
                       and not exists (select from parcel other
                                                    where other.reply_id = parcel.reply_id and other.address_id = parcel.address_id and other.id <> parcel.id) as whole
                from parcel
                where state = 'held' and held_until <= :now
                order by id
                limit :most
                for update skip locked
                """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("most", AT_ONCE)
                .query(Waiting.class)
                .list();
    }

    /** Leaves only those to go that carry the others. */
    private void fold(List<Waiting> parcels) {
        List<Waiting> whole = parcels.stream().filter(Waiting::whole).toList();
        if (whole.size() < 2) {
            return;
        }
        jdbc.sql("update parcel set text = :text where id = :id")
                .param("text", whole.stream().map(Waiting::text).collect(Collectors.joining(BETWEEN)))
                .param("id", whole.getFirst().id())
                .update();
        List<Waiting> folded = whole.subList(1, whole.size());
        jdbc.sql("update parcel set state = 'folded', held_until = null, folded_into = :into where id = any (:ids)")
                .param("into", whole.getFirst().id())
                .param("ids", folded.stream().map(Waiting::id).toArray(Long[]::new))
                .update();
        parcels.removeAll(folded);
    }

    private void letGo(List<Waiting> parcels) {
        jdbc.sql("update parcel set state = 'waiting', held_until = null, since = now() where id = any (:ids)")
                .param("ids", parcels.stream().map(Waiting::id).toArray(Long[]::new))
                .update();
        parcels.forEach(parcel -> lanes.put(Queue.PARCELS, parcel.conversationId(), parcel.id(), Duration.ZERO));
    }
}
