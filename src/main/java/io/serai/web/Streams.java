package io.serai.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.serai.database.Bell;
import io.serai.deliver.Counter;
import io.serai.message.Turn;
import io.serai.think.Audience;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The open event streams of all visitors. Telling a stream something never blocks, so a slow reader delays neither the model nor another tab.
 *
 * <p>Tokens are a courtesy of the process that thinks; what counts is the counter, which every process can read.
 */
@Component
class Streams implements Audience {

    private final History history;
    private final Counter counter;
    private final WebChatSettings settings;
    private final Limits limits;
    private final Bell.Listening ear;
    private final Map<String, Set<Stream>> open = new ConcurrentHashMap<>();
    private final Cache<String, Draft> drafts = Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(10)).maximumSize(10_000).build();
    private volatile boolean closing;

    Streams(History history, Counter counter, WebChatSettings settings, Limits limits, Bell bell) {
        this.history = history;
        this.counter = counter;
        this.settings = settings;
        this.limits = limits;
        this.ear = bell.listen("counter", this::rung);
    }

    /** What a model has said so far on a message: for a tab that is opened, or reloaded, in the middle of it. */
    private record Draft(long messageId, StringBuilder text) {}

    /**
     * Opens a stream.
     *
     * @param after the item of the counter behind which it begins, or null to begin now
     * @param address the network address from which it is opened
     * @param head sends the head of the response. It goes before anything else can: while the request is still on its way out through the filters, which
     *     write headers too, nobody else may write
     * @throws Stopped when there are too many from there
     */
    SseEmitter open(Visitor visitor, Long after, String address, Runnable head) {
        limits.opens(address);
        try {
            return open(visitor, after, head, () -> limits.closes(address));
        } catch (RuntimeException failed) {
            limits.closes(address);
            throw failed;
        }
    }

    private SseEmitter open(Visitor visitor, Long after, Runnable head, Runnable closed) {
        Place place = history.place(visitor);
        long newest = history.lastEvent(place);
        // An id that is not reached yet comes from a database that is no more: waiting for it to be passed would be silence.
        long begin = after == null ? newest : Math.min(after, newest);
        SseEmitter wire = new SseEmitter(0L);
        Stream stream = new Stream(wire, place, begin, history, counter, settings.heartbeat());
        wire.onCompletion(() -> stream.tell(new Signal.Ended()));
        head.run();
        enter(visitor.handle(), stream);
        Thread.ofVirtual().name("stream").start(() -> {
            try {
                stream.run();
            } finally {
                leave(visitor.handle(), stream);
                closed.run();
            }
        });
        return wire;
    }

    /** Has a visitor's streams look: there may be something for them, or they said their first word and have an address from now on. */
    void wake(String handle) {
        tell(handle, new Signal.Rung());
    }

    void wakeAll() {
        open.keySet().forEach(this::wake);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    @Override
    public boolean listens(Turn turn) {
        return isHere(turn) && open.containsKey(turn.address().handle());
    }

    @Override
    public void starts(Turn turn) {
        if (isHere(turn)) {
            drafts.asMap().compute(turn.address().handle(), (handle, before) -> {
                tell(handle, new Signal.Started());
                return new Draft(turn.lastMessageId(), new StringBuilder());
            });
        }
    }

    @Override
    public void hears(Turn turn, String token) {
        if (isHere(turn)) {
            drafts.asMap().computeIfPresent(turn.address().handle(), (handle, draft) -> {
                tell(handle, new Signal.Token(token));
                draft.text().append(token);
                return draft;
            });
        }
    }

    /** Ends all streams before the web server waits for its last requests, which these would never be. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
        open.keySet().forEach(handle -> tell(handle, new Signal.Ended()));
    }

    @PreDestroy
    void stopListening() {
        ear.close();
    }

    private void rung(String address) {
        open.values().forEach(tabs -> tabs.stream().filter(tab -> tab.isAt(address)).forEach(tab -> tab.tell(new Signal.Rung())));
    }

    private void tell(String handle, Signal signal) {
        open.getOrDefault(handle, Set.of()).forEach(stream -> stream.tell(signal));
    }

    private void enter(String handle, Stream stream) {
        drafts.asMap().compute(handle, (same, draft) -> {
            open.compute(handle, (again, tabs) -> with(stream, tabs));
            if (draft != null) {
                stream.tell(new Signal.Drafted(draft.messageId(), draft.text().toString()));
            }
            return draft;
        });
        if (closing) {
            stream.tell(new Signal.Ended());
        }
    }

    private void leave(String handle, Stream stream) {
        open.computeIfPresent(handle, (same, tabs) -> {
            tabs.remove(stream);
            return tabs.isEmpty() ? null : tabs;
        });
    }

    private static Set<Stream> with(Stream stream, Set<Stream> tabs) {
        Set<Stream> more = tabs == null ? ConcurrentHashMap.newKeySet() : tabs;
        more.add(stream);
        return more;
    }

    private static boolean isHere(Turn turn) {
        return turn.address().channel().equals(Visitor.CHANNEL);
    }
}
