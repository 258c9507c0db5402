package io.serai.memory;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** What text means, as a vector of length one; all-MiniLM-L6-v2 in this process. */
@Component
class Embeddings {

    /** The model reads 256 word pieces; more text than this only takes time. */
    private static final int READ = 2000;

    /** Loading takes about a second: it begins with the hub and is waited for by the first who needs it. */
    private final CompletableFuture<EmbeddingModel> model =
            CompletableFuture.supplyAsync(() -> new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run), Thread.ofPlatform().daemon().name("embeddings")::start);

    float[] of(String text) {
        String readable = text.isBlank() ? "(nothing)" : text.substring(0, Math.min(text.length(), READ));
        return model.join().embed(readable).content().vector();
    }
}
