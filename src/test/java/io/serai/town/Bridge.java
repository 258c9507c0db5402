package io.serai.town;

import io.serai.proof.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server, which can be torn down and built again at the same place. */
public final class Bridge implements AutoCloseable {

    private final InetSocketAddress far;
    private final Set<Socket> crossing = ConcurrentHashMap.newKeySet();
    private final Port port = new Port();
    private ServerSocket near;

    public Bridge(InetSocketAddress far) {
        this.far = far;
        build();
    }

    public int port() {
        return port.number();
    }

    /** Lets everybody cross, from the same port as before. */
    public void build() {
        try {
            near = new ServerSocket();
            near.setReuseAddress(true);
            near.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        ServerSocket open = near;
        Thread.ofVirtual().start(() -> accept(open));
    }

    /** Lets nobody cross, and throws down who is on it. */
    public void tearDown() {
        shut(near);
        crossing.forEach(Bridge::shut);
        crossing.clear();
    }

    @Override
    public void close() {
        tearDown();
        port.close();
    }

    private void accept(ServerSocket open) {
        while (!open.isClosed()) {
            try {
                Socket one = open.accept();
                Socket other = new Socket();
                other.connect(far);
                crossing.add(one);
                crossing.add(other);
                if (open.isClosed()) { // torn down, perhaps by somebody who did not see these two yet
                    shut(one);
                    shut(other);
                }
                Thread.ofVirtual().start(() -> carry(one, other));
                Thread.ofVirtual().start(() -> carry(other, one));
            } catch (IOException tornDown) {
                shut(open);
            }
        }
    }

    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException tornDown) {
            shut(from);
        } finally {
            shut(to);
        }
    }

    private static void shut(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception alreadyShut) {
            throw new IllegalStateException(alreadyShut);
        }
    }
}
