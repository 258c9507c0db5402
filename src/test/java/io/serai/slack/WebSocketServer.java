package io.serai.slack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** WebSocket (RFC 6455) as far as a fake needs it: takes and sends text, answers pings as long as it is told to, and can fall dead. */
final class WebSocketServer implements AutoCloseable {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final ServerSocket server;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile int connections;
    private volatile boolean deaf;
    private volatile String greeting = "{\"type\":\"hello\"}";

    WebSocketServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "ws://127.0.0.1:" + server.getLocalPort() + "/link";
    }

    /** What clients have said, oldest first. */
    List<String> heard() {
        return heard;
    }

    /** How many connections were made so far. */
    int connections() {
        return connections;
    }

    /** Whether who connected last is still there. */
    boolean isOpen() {
        return !clients.isEmpty() && !clients.getLast().isClosed();
    }

    /** Stays connected, but answers no ping any more and says nothing, until the next connection. */
    void fallsDead() {
        deaf = true;
    }

    /** Says something to who connected last; when they are just leaving, to who comes next, as Slack does. */
    void says(String text) {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !isSaid(text, end);) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    private boolean isSaid(String text, long end) {
        try {
            send(clients.getLast(), TEXT, text.getBytes(UTF_8));
            return true;
        } catch (IOException | NoSuchElementException gone) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nobody is connected", gone);
            }
            return false;
        }
    }

    /** Throws everybody out, without a word. */
    void hangsUp() {
        clients.forEach(WebSocketServer::shut);
        clients.clear();
    }

    @Override
    public void close() {
        hangsUp();
        try {
            server.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try {
            var in = new DataInputStream(client.getInputStream());
            shakeHands(in, client.getOutputStream());
            clients.add(client);
            deaf = false;
            connections++;
            send(client, TEXT, greeting.getBytes(UTF_8));
            while (true) {
                int opcode = in.readUnsignedByte() & 15;
                byte[] payload = payload(in);
                if (opcode == TEXT) {
                    heard.add(new String(payload, UTF_8));
                } else if (opcode == PING && !deaf) {
                    send(client, PONG, payload);
                } else if (opcode == CLOSE) {
                    send(client, CLOSE, payload);
                    shut(client);
                    return;
                }
            }
        } catch (IOException gone) {
            clients.remove(client);
            shut(client);
        }
    }

    private static void shakeHands(DataInputStream in, OutputStream out) throws IOException {
        String key = null;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            key = line.toLowerCase().startsWith("sec-websocket-key:") ? line.substring(line.indexOf(':') + 1).strip() : key;
        }
        try {
            String accept = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII)));
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept
                    + "\r\n\r\n").getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() & 127;
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    private static synchronized void send(Socket client, int opcode, byte[] payload) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(128 | opcode);
        if (payload.length < 126) {
            out.write(payload.length);
        } else {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        out.write(payload);
        out.flush();
    }

    private static void shut(Socket client) {
        try {
            client.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
