package io.serai.web;

import io.serai.message.Turn;
import io.serai.think.Audience;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The API clients that want to hear their answer while it is written. */
@Component
class Dictations implements Audience {

    static final String CHANNEL = "completions";

    private final Map<Desk, Set<Dictation>> open = new ConcurrentHashMap<>();

    /** Where a client sits. It listens before its message is stored, so that it misses nothing, and thus before there is an id of anything. */
    record Desk(String account, String handle) {}

    /** Listens until it is closed. */
    Dictation open(Desk desk) {
        Dictation dictation = new Dictation(closed -> open.computeIfPresent(desk, (same, all) -> {
            all.remove(closed);
            return all.isEmpty() ? null : all;
        }));
        open.compute(desk, (same, all) -> {
            Set<Dictation> more = all == null ? ConcurrentHashMap.newKeySet() : all;
            more.add(dictation);
            return more;
        });
        return dictation;
    }

    @Override
    public boolean listens(Turn turn) {
        return !at(turn).isEmpty();
    }

    /** What is sent is sent. */
    @Override
    public boolean takesBack() {
        return false;
    }

    @Override
    public void starts(Turn turn) {
        at(turn).forEach(dictation -> dictation.tell(new Heard.Begun(turn)));
    }

    @Override
    public void hears(Turn turn, String token) {
        at(turn).forEach(dictation -> dictation.tell(new Heard.Token(turn, token)));
    }

    private Set<Dictation> at(Turn turn) {
        boolean here = turn.address().channel().equals(CHANNEL);
        return here ? open.getOrDefault(new Desk(turn.address().account(), turn.address().handle()), Set.of()) : Set.of();
    }
}
