package io.serai.route;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;

/** Takes up the texts of a folder, and what is wrong with files that have none. */
final class Gathering extends SimpleFileVisitor<Path> {

    private static final long LARGEST = 1_000_000;

    private final String folder;
    private final Path path;
    private final String ending;
    private final Looks looks;
    private final Map<String, String> texts;
    private final List<Fault> faults;

    Gathering(String folder, Path path, String ending, Looks looks, Map<String, String> texts, List<Fault> faults) {
        this.folder = folder;
        this.path = path;
        this.ending = ending;
        this.looks = looks;
        this.texts = texts;
        this.faults = faults;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = folder + "/" + path.relativize(file).toString().replace('\\', '/');
        if (name.endsWith(ending) && !name.contains("/.")) {
            looks.text(file, attributes).ifPresentOrElse(text -> texts.put(name, text), () -> read(name, file, attributes));
        } else if (name.endsWith(".yml") && !name.contains("/.")) {
            faults.add(new Fault(name, 1, 1, true, "is not read", "files here end with " + ending));
        }
        return FileVisitResult.CONTINUE;
    }

    private void read(String name, Path file, BasicFileAttributes attributes) {
        try {
            if (!file.toRealPath().startsWith(path.toRealPath())) {
                faults.add(Fault.at(name, 1, "leads out of the folder", "put the file itself here"));
            } else if (attributes.size() > LARGEST) {
                faults.add(Fault.at(name, 1, "has %d bytes, more than %d".formatted(attributes.size(), LARGEST), "this is no file for people"));
            } else {
                String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
                texts.put(name, text);
                looks.read(file, attributes, text);
            }
        } catch (CharacterCodingException other) {
            faults.add(Fault.at(name, 1, "is not UTF-8", "save it as UTF-8"));
        } catch (IOException gone) {
            faults.add(Fault.at(name, 1, "cannot be read: " + gone.getMessage(), null));
        }
    }
}
