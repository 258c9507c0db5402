package io.serai.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of Socket Mode (docs.slack.dev, "Using Socket Mode"). What comes is taken one by one and acknowledged when it is stored; what is not
 * acknowledged Slack sends again.
 */
final class Socket implements WebSocket.Listener {

    /** How a connection ended. */
    enum End {
        /** Slack asked for a new one, as it does every few hours. */
        REFRESH,
        /** Somebody turned Socket Mode off. */
        DISABLED,
        BROKEN
    }

    private static final Logger log = LoggerFactory.getLogger(Socket.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NORMAL = 1000;

    private final Workspace workspace;
    private final SlackDoor door;
    private final CatchUp catchUp;
    /** What came; empty once nothing more comes. */
    private final BlockingQueue<Optional<String>> frames = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    private volatile long lastSign = System.nanoTime();

    private Socket(Workspace workspace, SlackDoor door, CatchUp catchUp) {
        this.workspace = workspace;
        this.door = door;
        this.catchUp = catchUp;
    }

    /**
     * Opens a connection.
     *
     * @throws Rejected when Slack does not let us in
     * @throws NoAnswer when it cannot be reached
     */
    static Socket open(Workspace workspace, SlackDoor door, CatchUp catchUp) {
        JsonNode answer = workspace.api().call("apps.connections.open", workspace.settings().appToken(), Map.of(), workspace.settings().timeout());
        Socket opened = new Socket(workspace, door, catchUp);
        try {
            opened.socket = workspace.api().http().newWebSocketBuilder()
                    .connectTimeout(workspace.settings().timeout())
                    .buildAsync(URI.create(answer.path("url").asText()), opened)
                    .orTimeout(workspace.settings().timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException | IllegalArgumentException failed) {
            throw new NoAnswer("the WebSocket", false, failed);
        }
        return opened;
    }

    /**
     * Takes what comes until the connection ends, or has shown no sign of life for longer than the patience of its workspace.
     *
     * @param aside a little of other work, done before each look; tells whether there is more of it
     */
    End listen(BooleanSupplier aside) throws InterruptedException {
        Duration patience = workspace.settings().patience();
        End end = null;
        while (end == null) {
            boolean more = aside.getAsBoolean();
            Optional<String> frame = frames.poll(more ? 0 : patience.toMillis() / 4 + 1, TimeUnit.MILLISECONDS);
            if (frame != null) {
                end = frame.isEmpty() ? End.BROKEN : take(frame.get());
            } else if (System.nanoTime() - lastSign > patience.toNanos()) {
                workspace.pulse().failed("the connection was silent for " + patience.toSeconds() + " s");
                end = End.BROKEN;
            } else {
                socket.sendPing(ByteBuffer.allocate(0)); // what is open and dead does not answer
            }
        }
        return end;
    }

    /** Closes it in good order. */
    void close() {
        socket.sendClose(NORMAL, "").orTimeout(1, TimeUnit.SECONDS).whenComplete((closed, failed) -> socket.abort());
    }

    private End take(String frame) {
        JsonNode envelope;
        try {
            envelope = JSON.readTree(frame);
        } catch (IOException garbage) {
            log.warn("Workspace {}: something that is no JSON came over the socket and was left", workspace.name());
            return null;
        }
        switch (envelope.path("type").asText()) {
            case "hello" -> workspace.pulse().moved();
            case "disconnect" -> {
                return envelope.path("reason").asText().equals("link_disabled") ? End.DISABLED : End.REFRESH;
            }
            case "events_api" -> event(envelope);
            default -> acknowledge(envelope);
        }
        return null;
    }

    private void event(JsonNode envelope) {
        try {
            door.take(workspace, envelope.at("/payload/event"));
            acknowledge(envelope);
        } catch (RuntimeException failed) {
            catchUp.owe(workspace, envelope.at("/payload/event")); // Slack gives up sooner than an outage may end
            log.warn("Workspace {}: an event could not be taken; Slack will send it again: {}", workspace.name(), SlackDoor.why(failed));
            workspace.pulse().failed(SlackDoor.why(failed));
        }
    }

    private void acknowledge(JsonNode envelope) {
        if (envelope.path("envelope_id").isTextual()) {
            String yes = JSON.createObjectNode().put("envelope_id", envelope.path("envelope_id").asText()).toString();
            socket.sendText(yes, true).orTimeout(workspace.settings().timeout().toMillis(), TimeUnit.MILLISECONDS).exceptionally(broken -> {
                frames.add(Optional.empty());
                return null;
            });
        }
    }

    private void sign() {
        lastSign = System.nanoTime();
        workspace.pulse().moved();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        sign();
        text.append(data);
        if (last) {
            frames.add(Optional.of(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        sign();
        from.request(1);
        return null; // the JDK has sent the pong
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        sign();
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        frames.add(Optional.empty());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        frames.add(Optional.empty());
    }
}
