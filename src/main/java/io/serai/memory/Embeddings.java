package io.serai.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * What text means, as a vector of length one.
 *
 * <p>Embedding is work for a processor and happens on threads of its own, one for each core: on the carriers of virtual threads it would hold up everything
 * else, down to the reading of a socket. What is asked about is embedded again when it is reflected upon, so the last vectors are kept.
 */
@Component
class Embeddings implements DisposableBean {

    /** The model reads 256 word pieces; more text than this only takes time. */
    private static final int READ = 2000;

    private static final int KEPT = 4096;

    /** The tokenizer drops marks, formats such as a zero-width space, and U+FFFD: of a text that has nothing else nothing is left to be embedded. */
    private static final Pattern READABLE = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}&&[^\\uFFFD]]");
    private static final String NOTHING = "(nothing)";

    private final ExecutorService cores = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), Thread.ofPlatform().daemon().name("embed-", 0).factory());
    private final Cache<String, float[]> known = Caffeine.newBuilder().maximumSize(KEPT).build();

    /** Loading takes about a second: it begins with the hub and is waited for by the first who needs it. */
    private final CompletableFuture<MiniLm> model = CompletableFuture.supplyAsync(MiniLm::new, cores);

    float[] of(String text) {
        String begun = text.substring(0, Math.min(text.length(), READ));
        String readable = READABLE.matcher(begun).find() ? begun : NOTHING;
        float[] vector = known.getIfPresent(readable);
        if (vector == null) {
            vector = model.thenApplyAsync(loaded -> loaded.embed(readable).content().vector(), cores).join();
            known.put(readable, vector);
        }
        return vector;
    }

    /** Waits for what is under way: a process that ends under native code, loading above all, ends in a crash. */
    @Override
    public void destroy() {
        cores.close();
        model.thenAccept(MiniLm::close);
    }
}
