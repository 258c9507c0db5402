package io.serai;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads a body and stops as soon as it is larger than it may be, whatever its header says. (JDK 25 has it as {@code BodyHandlers.limiting}.) */
public final class Capped<T> implements BodySubscriber<T> {

    private final BodySubscriber<T> whole;
    private final long limit;
    private long count;
    private Flow.Subscription subscription;

    private Capped(BodySubscriber<T> whole, long limit) {
        this.whole = whole;
        this.limit = limit;
    }

    /**
     * @param whole what reads the body while it is small enough
     * @param bytes the most it may have; beyond that reading it fails with an IOException
     */
    public static <T> BodyHandler<T> at(long bytes, BodyHandler<T> whole) {
        return response -> new Capped<>(whole.apply(response), bytes);
    }

    @Override
    public CompletionStage<T> getBody() {
        return whole.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        whole.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> more) {
        count += more.stream().mapToLong(ByteBuffer::remaining).sum();
        if (count > limit) {
            subscription.cancel();
            whole.onError(new IOException("larger than " + limit + " bytes"));
        } else {
            whole.onNext(more);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.onError(failure);
    }

    @Override
    public void onComplete() {
        if (count <= limit) {
            whole.onComplete();
        }
    }
}
