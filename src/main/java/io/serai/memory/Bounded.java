package io.serai.memory;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The text of an answer, of which nothing is read any more once it is longer than a megabyte. */
final class Bounded implements BodySubscriber<String> {

    private static final int MOST_BYTES = 1024 * 1024;

    private final BodySubscriber<String> text;
    private Flow.Subscription subscription;
    private long bytes;

    Bounded(BodySubscriber<String> text) {
        this.text = text;
    }

    @Override
    public CompletionStage<String> getBody() {
        return text.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        text.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        bytes += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes <= MOST_BYTES) {
            text.onNext(buffers);
        } else {
            subscription.cancel();
            text.onError(new IOException("the answer is longer than " + MOST_BYTES + " bytes"));
        }
    }

    @Override
    public void onError(Throwable broken) {
        text.onError(broken);
    }

    @Override
    public void onComplete() {
        text.onComplete();
    }
}
