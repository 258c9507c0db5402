package io.serai.think;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What a model sends, read only so long and only so much of it: an answer ends in time, is not silent for too long once it has begun, and
 * has a size.
 */
final class Body extends FilterInputStream {

    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final ScheduledExecutorService CLOCK = clock();

    private final HttpResponse<InputStream> response;
    private final long end;
    private final long idle;
    private final Future<?> watch;
    private volatile long lastByte;
    private volatile String late;
    private long bytes;

    Body(HttpResponse<InputStream> response, Duration left, Duration idle) {
        super(response.body());
        this.response = response;
        this.end = System.nanoTime() + left.toNanos();
        this.idle = idle.toNanos();
        long tick = Math.clamp(Math.min(left.toMillis(), idle.toMillis()) / 10, 10, 1_000);
        this.watch = CLOCK.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
    }

    /** The response as LangChain4j wants it. */
    SuccessfulHttpResponse head(String text) {
        return SuccessfulHttpResponse.builder().statusCode(response.statusCode()).headers(response.headers().map()).body(text).build();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int count = super.read(into, offset, length);
            lastByte = System.nanoTime();
            bytes += Math.max(count, 0);
            if (bytes > MOST_BYTES) {
                throw new AnswerTooLong("the answer is longer than " + MOST_BYTES / (1024 * 1024) + " MB");
            }
            if (late == null) {
                return count;
            }
        } catch (IOException broken) {
            if (late == null) {
                throw broken;
            }
        }
        throw new HttpTimeoutException(late);
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        super.close();
    }

    private void look() {
        long now = System.nanoTime();
        if (now - end > 0) {
            stop("the answer did not end in time");
        } else if (lastByte != 0 && now - lastByte > idle) {
            stop("the answer broke off: nothing for " + Duration.ofNanos(idle).toSeconds() + " s");
        }
    }

    private void stop(String why) {
        late = why;
        watch.cancel(false);
        try {
            in.close(); // wakes the reader
        } catch (IOException gone) {
            late = why + " (" + gone.getMessage() + ")";
        }
    }

    private static ScheduledExecutorService clock() {
        var clock = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("model-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    /** More came than anybody can read. */
    static final class AnswerTooLong extends IOException {
        AnswerTooLong(String why) {
            super(why);
        }
    }
}
