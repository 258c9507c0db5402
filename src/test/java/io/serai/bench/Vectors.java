package io.serai.bench;

import io.serai.memory.Storyteller.Meaning;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Keeps vectors in a file between runs, so that a run takes seconds. */
final class Vectors implements Meaning {

    private static final Path FILE = Path.of("target", "vectors.bin");

    private final Map<String, float[]> known = new HashMap<>();
    private final Meaning meaning;

    Vectors(Meaning meaning) {
        this.meaning = meaning;
        if (Files.exists(FILE)) {
            read();
        }
    }

    @Override
    public float[] of(String text) {
        return known.computeIfAbsent(text, unknown -> keep(unknown, meaning.of(unknown)));
    }

    private void read() {
        try (var in = new DataInputStream(Files.newInputStream(FILE))) {
            while (true) {
                String text = new String(in.readNBytes(in.readInt()));
                float[] vector = new float[in.readInt()];
                for (int axis = 0; axis < vector.length; axis++) {
                    vector[axis] = in.readFloat();
                }
                known.put(text, vector);
            }
        } catch (EOFException end) {
            System.out.printf("%d vectors from %s%n", known.size(), FILE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static float[] keep(String text, float[] vector) {
        try (var out = new DataOutputStream(Files.newOutputStream(FILE, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            out.writeInt(text.getBytes().length);
            out.write(text.getBytes());
            out.writeInt(vector.length);
            for (float axis : vector) {
                out.writeFloat(axis);
            }
            return vector;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
