package io.serai.email;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Stands before an IMAP server, and at some commands says no or hangs up in its stead, or passes on another. */
final class FickleImap implements AutoCloseable {

    static final String HANG_UP = "";

    private record Whim(Predicate<String> commands, String answer) {}

    private final int far;
    private final ServerSocket near;
    private volatile Optional<Whim> whim = Optional.empty();
    private volatile UnaryOperator<String> passing = UnaryOperator.identity();
    private volatile UnaryOperator<String> telling = UnaryOperator.identity();

    FickleImap(int far) {
        this.far = far;
        try {
            near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return near.getLocalPort();
    }

    /** From now on this is the answer to such commands; both are told without the tag. */
    void says(Predicate<String> commands, String answer) {
        whim = Optional.of(new Whim(commands, answer));
    }

    /** From now on this is what the server hears of commands, without the tag. */
    void passes(UnaryOperator<String> commands) {
        passing = commands;
    }

    /** From now on this is what the client hears of answers, a piece of them at a time; as long as they were, since some tell how long they are. */
    void tells(UnaryOperator<String> answers) {
        telling = answers;
    }

    void behaves() {
        whim = Optional.empty();
        passing = UnaryOperator.identity();
        telling = UnaryOperator.identity();
    }

    private void accept() {
        while (!near.isClosed()) {
            try {
                Socket client = near.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client; var server = new Socket(InetAddress.getLoopbackAddress(), far);
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1))) {
            Thread.ofVirtual().start(() -> answer(server, client));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int tag = line.indexOf(' ');
                String command = line.substring(tag + 1);
                Optional<String> own = whim.filter(any -> any.commands().test(command)).map(Whim::answer);
                if (own.isEmpty()) {
                    say(server.getOutputStream(), line.substring(0, tag + 1) + passing.apply(command));
                } else if (own.get().equals(HANG_UP)) {
                    return;
                } else {
                    say(client.getOutputStream(), line.substring(0, tag + 1) + own.get());
                }
            }
        } catch (IOException gone) {
            // One of the two hung up; the scene looks at what was read.
            return;
        }
    }

    private void answer(Socket server, Socket client) {
        try (client) {
            byte[] piece = new byte[8_192];
            for (int read = server.getInputStream().read(piece); read >= 0; read = server.getInputStream().read(piece)) {
                client.getOutputStream().write(telling.apply(new String(piece, 0, read, ISO_8859_1)).getBytes(ISO_8859_1));
            }
        } catch (IOException gone) {
            return;
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        try {
            near.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
