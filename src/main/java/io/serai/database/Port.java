package io.serai.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** The port on loopback that a cluster is found at, run after run. */
class Port {

    /** Below the ports that Linux, macOS and Windows lend to outgoing connections, so that none of those takes ours between two runs. */
    private static final int LOWEST = 15_432;
    private static final int HIGHEST = 25_432;

    /** The port in the file; another one when there is none yet or when somebody else has taken it. */
    static int keptIn(Path file) {
        try {
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            if (kept.matches("\\d{4,5}") && isFree(Integer.parseInt(kept))) {
                return Integer.parseInt(kept);
            }
            int fresh = IntStream.generate(() -> ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST))
                    .limit(1_000)
                    .filter(Port::isFree)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no port is free between " + LOWEST + " and " + HIGHEST));
            Files.writeString(file, fresh + "\n");
            return fresh;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
