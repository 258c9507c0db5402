package io.serai.email;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.SocketFactory;

/** Makes the socket by which Angus speaks to a server, below TLS too, and keeps it: how long it waits for an answer may change on the way, and it can be cut. */
class KeptSocket extends SocketFactory {

    private Socket socket;
    private boolean cut;

    @Override
    public synchronized Socket createSocket() throws SocketException {
        if (cut) {
            throw new SocketException("the line is cut");
        }
        socket = new Socket();
        return socket;
    }

    synchronized void waits(Duration longest) throws SocketException {
        if (!socket.isClosed()) {
            socket.setSoTimeout(Math.toIntExact(longest.toMillis()));
        }
    }

    synchronized Duration patience() throws SocketException {
        return Duration.ofMillis(socket.getSoTimeout());
    }

    /** Whoever waits for an answer, or speaks, gets an exception. */
    synchronized void cut() {
        cut = true;
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host, port, null, 0);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, from, fromPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        Socket connected = createSocket();
        connected.bind(new InetSocketAddress(from, fromPort));
        connected.connect(new InetSocketAddress(host, port));
        return connected;
    }
}
