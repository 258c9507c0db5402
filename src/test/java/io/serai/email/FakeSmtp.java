package io.serai.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An SMTP server on loopback that does what it is told, and breaks off where it is told to. */
final class FakeSmtp implements AutoCloseable {

    static final String HANG_UP = "";

    record Received(String to, byte[] bytes) {

        Part mail() {
            return Part.read(bytes);
        }

        String text() {
            return Content.read(mail()).full();
        }

        String header(String name) {
            return mail().headers().first(name).orElse(null);
        }
    }

    /** What a scene looks at while the hub waits for an answer. */
    interface Glance {

        void look() throws IOException;
    }

    private record Try(String to, Instant at) {}

    private final ServerSocket server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Try> tries = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<String>> mishaps = new ConcurrentHashMap<>();
    private final Map<String, Glance> glances = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private volatile String password;
    private volatile Consumer<Received> relay = mail -> {};

    FakeSmtp() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The next time this verb comes (a point ends the mail) this is the answer. */
    FakeSmtp says(String verb, String answer) {
        mishaps.computeIfAbsent(verb, key -> new ConcurrentLinkedQueue<>()).add(answer);
        return this;
    }

    /** Whenever this verb comes, before it is answered. */
    void hears(String verb, Glance glance) {
        glances.put(verb, glance);
    }

    void refuses(String handle) {
        refused.add(handle);
    }

    void asksFor(String password) {
        this.password = password;
    }

    /** What happens to each mail that was taken. */
    void relays(Consumer<Received> further) {
        relay = further;
    }

    List<Received> received(String handle) {
        return received.stream().filter(mail -> mail.to().equals(handle)).toList();
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    List<Instant> tries(String handle) {
        return tries.stream().filter(each -> each.to().equals(handle)).map(Try::at).toList();
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
        try (client; var in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1)); var out = client.getOutputStream()) {
            say(out, "220 fake");
            List<String> to = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!obey(line, to, in, out)) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The hub hung up; the scene looks at what arrived.
            return;
        }
    }

    private boolean obey(String line, List<String> to, BufferedReader in, OutputStream out) throws IOException {
        String verb = line.split("[ :]")[0].toUpperCase(Locale.ROOT);
        glance(verb);
        if (verb.equals("RCPT")) {
            String handle = line.replaceAll(".*<(.*)>.*", "$1");
            tries.add(new Try(handle, Instant.now()));
            to.add(handle);
        }
        Queue<String> planned = mishaps.getOrDefault(verb, new ConcurrentLinkedQueue<>());
        String answer = planned.isEmpty() ? answer(verb, line, to) : planned.poll();
        if (answer.equals(HANG_UP)) {
            return false;
        }
        say(out, answer);
        return !verb.equals("DATA") || !answer.startsWith("354") || take(to, in, out);
    }

    private String answer(String verb, String line, List<String> to) {
        return switch (verb) {
            case "EHLO" -> password == null ? "250 fake" : "250-fake\r\n250 AUTH PLAIN";
            case "AUTH" -> new String(Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)), UTF_8).endsWith("\0" + password)
                    ? "235 2.7.0 welcome" : "535 5.7.8 not " + line;
            case "RCPT" -> refused.contains(to.getLast()) ? "550 5.1.1 nobody of that name" : "250 ok";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 ok";
        };
    }

    private boolean take(List<String> to, BufferedReader in, OutputStream out) throws IOException {
        var mail = new ByteArrayOutputStream();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.writeBytes(((line.startsWith(".") ? line.substring(1) : line) + "\r\n").getBytes(ISO_8859_1));
        }
        glance(".");
        Queue<String> planned = mishaps.getOrDefault(".", new ConcurrentLinkedQueue<>());
        String answer = planned.isEmpty() ? "250 taken" : planned.poll();
        if (answer.equals(HANG_UP) || answer.startsWith("250")) {
            to.forEach(handle -> {
                var letter = new Received(handle, mail.toByteArray());
                received.add(letter);
                relay.accept(letter);
            });
        }
        to.clear();
        if (answer.equals(HANG_UP)) {
            return false;
        }
        say(out, answer);
        return true;
    }

    private void glance(String verb) throws IOException {
        glances.getOrDefault(verb, () -> {}).look();
    }

    private static void say(OutputStream out, String answer) throws IOException {
        out.write((answer + "\r\n").getBytes(ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
