package io.serai.route;

import io.serai.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Routes, Kamelets, layers and prompts as they lie together: each text by its path, such as {@code routes/deliver/slack.yaml}.
 *
 * @param unreadable what is wrong with files whose text is not among them
 */
public record FileSet(Map<String, String> texts, List<Fault> unreadable) {

    public static final FileSet EMPTY = new FileSet(Map.of(), List.of());

    public FileSet {
        texts = new TreeMap<>(texts);
        unreadable = List.copyOf(unreadable);
    }

    /** SHA-256 of a text, in hex. */
    public static String hash(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of each file. */
    public Map<String, String> manifest() {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> hash(file.getValue()), (one, other) -> one, TreeMap::new));
    }

    FileSet with(String file, String text) {
        Map<String, String> other = new TreeMap<>(texts);
        other.put(file, text);
        return new FileSet(other, unreadable.stream().filter(fault -> !fault.file().equals(file)).toList());
    }

    FileSet without(String file) {
        Map<String, String> other = new TreeMap<>(texts);
        other.remove(file);
        return new FileSet(other, unreadable.stream().filter(fault -> !fault.file().equals(file)).toList());
    }

    /** The files that are new, gone or other here. */
    Set<String> changedSince(FileSet before) {
        Set<String> changed = new TreeSet<>(texts.keySet());
        changed.addAll(before.texts.keySet());
        changed.removeIf(file -> java.util.Objects.equals(texts.get(file), before.texts.get(file)));
        return changed;
    }
}
