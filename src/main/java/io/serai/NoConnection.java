package io.serai;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Whether there was no connection to a far side, so that surely nothing was sent. */
public final class NoConnection {

    private static final int DEEPEST = 30;

    private NoConnection() {}

    public static boolean isBehind(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEEPEST).anyMatch(NoConnection::is);
    }

    /** Whether this one says so, whatever caused it. */
    public static boolean is(Throwable failure) {
        return switch (failure) {
            case ConnectException refused -> true;
            case NoRouteToHostException noRoute -> true;
            case PortUnreachableException unreachable -> true;
            case UnknownHostException noName -> true;
            case UnresolvedAddressException noName -> true;
            case HttpConnectTimeoutException late -> true;
            case SocketTimeoutException timeout -> "connect timed out".equalsIgnoreCase(timeout.getMessage());
            case SSLHandshakeException untrusted -> true;
            case SSLPeerUnverifiedException untrusted -> true;
            default -> false;
        };
    }
}
