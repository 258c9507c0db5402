package io.serai.memory;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * all-MiniLM-L6-v2, quantised, in this process, one thread to a text: two texts on two cores are done in the time in which LangChain4j's own
 * arrangement, all cores to a text, does hardly more than one.
 */
final class MiniLm extends AbstractInProcessEmbeddingModel implements AutoCloseable {

    private final OrtSession session;
    private final OnnxBertBiEncoder encoder;

    MiniLm() {
        super(Runnable::run);
        try (InputStream model = resource("all-minilm-l6-v2-q.onnx");
                InputStream tokenizer = resource("all-minilm-l6-v2-q-tokenizer.json");
                var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            var environment = OrtEnvironment.getEnvironment();
            session = environment.createSession(model.readAllBytes(), options);
            encoder = new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN);
        } catch (OrtException unusable) {
            throw new IllegalStateException("the embedding model cannot be loaded", unusable);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(MiniLm.class.getResourceAsStream("/" + name), name);
    }

    @Override
    protected OnnxBertBiEncoder model() {
        return encoder;
    }

    /** Gives back its memory, which no garbage collector knows of. Nothing may be embedded any more. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException refused) {
            throw new IllegalStateException("the embedding model cannot be closed", refused);
        }
    }
}
