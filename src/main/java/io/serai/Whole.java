package io.serai;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the whole of an answer, to its last byte. The client's own timeout ends with the headers, and a far side may stall after them. */
public final class Whole {

    private Whole() {}

    /**
     * @param coming what {@code HttpClient.sendAsync} gave; when it takes longer than the time it is cancelled, which closes the connection
     * @throws HttpTimeoutException when the time is over
     * @throws IOException what went wrong, as the client tells it
     * @throws java.util.concurrent.CancellationException when somebody else has cancelled it
     */
    public static <T> HttpResponse<T> of(CompletableFuture<HttpResponse<T>> coming, Duration time) throws IOException {
        try {
            return coming.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            coming.cancel(true);
            throw new HttpTimeoutException("no whole answer within " + time.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed.getCause());
        } catch (InterruptedException stopped) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while it was waited for");
        }
    }
}
