package io.serai.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of this machine that stays ours while nobody listens at it: who calls is turned away, and nobody else is given it. Who sets SO_REUSEADDR may
 * listen at it, again and again, as every server does here.
 */
public final class Port implements AutoCloseable {

    private final Socket held = new Socket();

    public Port() {
        try {
            held.setReuseAddress(true);
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    public int number() {
        return held.getLocalPort();
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException unclosable) {
            throw new UncheckedIOException(unclosable);
        }
    }
}
