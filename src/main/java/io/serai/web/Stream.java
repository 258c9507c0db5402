package io.serai.web;

import io.serai.deliver.Counter;
import io.serai.dialect.Dialect;
import io.serai.dialect.Dialects;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open event stream of a visitor (server-sent events: HTML standard, section 9.2).
 *
 * <p>Level-triggered: a signal only says that it is worth looking; what is sent is what lies at the counter behind the last item that this
 * stream has sent. So nothing is lost when a signal is ({@link Rounds} brings another), and nothing is doubled when one comes twice.
 */
class Stream {

    private static final Dialect HTML = Dialects.of("web");

    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);

    private final SseEmitter wire;
    private final History history;
    private final Counter counter;
    private final Duration heartbeat;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    private volatile Place place;
    private long last;
    private boolean typing;
    private boolean streamed;
    private boolean behind;

    /** @param after the last item that the other side has seen */
    Stream(SseEmitter wire, Place place, long after, History history, Counter counter, Duration heartbeat) {
        this.wire = wire;
        this.place = place;
        this.last = after;
        this.history = history;
        this.counter = counter;
        this.heartbeat = heartbeat;
    }

    /** What a reply looks like on the wire. */
    record Shown(UUID replyId, String text, String html, Instant at) {}

    boolean isAt(String address) {
        return String.valueOf(place.address()).equals(address);
    }

    /** Never blocks. */
    void tell(Signal signal) {
        signals.add(signal);
    }

    /** Runs until the visitor leaves or the hub closes. */
    void run() {
        try {
            wire.send(SseEmitter.event().reconnectTime(1000).comment("open"));
            for (Signal signal = new Signal.Opened(); !(signal instanceof Signal.Ended); signal = next()) {
                heed(signal);
            }
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("A stream ended: {}", gone.toString());
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            LOG.error("A stream broke; its page will open another", broken);
        } finally {
            end();
        }
    }

    /** Where the visitor hung up, the container has ended it already and says so. */
    private void end() {
        try {
            wire.complete();
        } catch (IllegalStateException ended) {
            LOG.debug("A stream had ended: {}", ended.toString());
        }
    }

    private void heed(Signal signal) throws IOException {
        try {
            switch (signal) {
                case Signal.Opened opened -> look();
                case Signal.Rung rung -> show();
                case Signal.Idle idle -> beat();
                case Signal.Started started -> start();
                case Signal.Token token -> say(token.text());
                case Signal.Drafted draft -> resume(draft);
                case Signal.Ended ended -> throw new IllegalStateException("a stream that has ended heeds nothing");
            }
        } catch (DataAccessException away) {
            LOG.debug("The database is away; the next heartbeat catches up", away);
            behind = true;
        }
    }

    private void look() throws IOException {
        List<Signal> before = signals.stream().filter(Signal::isOfAnAnswer).toList();
        show();
        behind = false;
        if (history.waiting(place).isEmpty()) {
            signals.removeIf(signal -> before.stream().anyMatch(courtesy -> courtesy == signal)); // of an answer that was shown just now
        } else {
            type(true);
        }
    }

    /** Costs no query as long as nothing is expected: a thousand silent streams are silent for the database too. */
    private void beat() throws IOException {
        wire.send(SseEmitter.event().comment("here"));
        if (behind) {
            look();
        } else if (typing && history.waiting(place).isEmpty()) {
            type(false);
        }
    }

    private void show() throws IOException {
        place = history.found(place);
        List<Counter.Item> items;
        do {
            items = counter.since(place.address(), last);
            for (Counter.Item item : items) {
                show(item);
            }
        } while (items.size() == Counter.AT_ONCE);
    }

    private void show(Counter.Item item) throws IOException {
        Shown shown = new Shown(item.publicId(), item.text(), HTML.render(item.text()), item.at());
        wire.send(SseEmitter.event().id(String.valueOf(item.id())).name("message").data(shown, MediaType.APPLICATION_JSON));
        last = item.id();
        typing = false;
        streamed = false;
    }

    private void start() throws IOException {
        if (streamed) {
            streamed = false;
            wire.send(SseEmitter.event().name("restart").data(Map.of(), MediaType.APPLICATION_JSON));
        }
        type(true);
    }

    private void type(boolean on) throws IOException {
        typing = on;
        wire.send(SseEmitter.event().name("typing").data(Map.of("on", on), MediaType.APPLICATION_JSON));
    }

    private void say(String text) throws IOException {
        streamed = true;
        wire.send(SseEmitter.event().name("token").data(Map.of("text", text), MediaType.APPLICATION_JSON));
    }

    private void resume(Signal.Drafted draft) throws IOException {
        if (history.waiting(place).contains(draft.messageId()) && !draft.text().isEmpty()) {
            say(draft.text());
        }
    }

    /** The next signal; tokens that queued up behind a slow line travel as one. */
    private Signal next() throws InterruptedException {
        Signal signal = signals.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
        if (signal == null) {
            return new Signal.Idle();
        }
        while (signal instanceof Signal.Token first && signals.peek() instanceof Signal.Token second) {
            signals.remove();
            signal = new Signal.Token(first.text() + second.text());
        }
        return signal;
    }
}
