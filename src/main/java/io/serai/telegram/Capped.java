package io.serai.telegram;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads a body into memory and stops as soon as it is larger than it may be, whatever its header says. */
final class Capped implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private final long limit;
    private long count;
    private Flow.Subscription subscription;

    private Capped(long limit) {
        this.limit = limit;
    }

    static BodyHandler<byte[]> at(long bytes) {
        return response -> new Capped(bytes);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
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
