package io.serai.route;

import io.serai.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Changes files from afar: what is written is live, and what cannot go live is not written. */
@Component
public class Editor {

    private final Reload reload;
    private final Revisions revisions;
    private final Folder folder;

    Editor(Reload reload, Revisions revisions, Home home) {
        this.reload = reload;
        this.revisions = revisions;
        this.folder = new Folder(home);
    }

    /** Whether a file of this path would be one of ours. */
    public static boolean isPath(String file) {
        return Folder.isPath(file);
    }

    /** Whether a file of this path can be written: what the jar carries cannot. */
    public boolean isEditable(String file) {
        return isPath(file) && folder.isWritable(file);
    }

    /**
     * Writes one file and puts it to work, or does neither.
     *
     * @param text null deletes it
     * @param base the hash of the text that was edited; empty for a file that is new
     * @throws Overtaken when it is another by now
     * @throws SetRefused when the set would be faulty
     */
    public Revision edit(String file, String text, String base, String author) {
        synchronized (reload) {
            FileSet files = folder.read();
            String present = files.texts().get(file);
            if (!(present == null ? "" : FileSet.hash(present)).equals(base)) {
                throw new Overtaken(Diff.of(present == null ? "" : present, text == null ? "" : text));
            }
            Revision applied = reload.apply(text == null ? files.without(file) : files.with(file, text), author);
            write(file, text);
            reload.haveWritten();
            return applied;
        }
    }

    /** Writes the files of a revision back and puts them to work, or does neither. */
    public Revision rollback(Revision former, String author) {
        synchronized (reload) {
            FileSet files = revisions.files(former);
            Set<String> changed = files.changedSince(folder.read());
            Revision applied = reload.apply(files, author);
            changed.forEach(file -> write(file, files.texts().get(file)));
            reload.haveWritten();
            return applied;
        }
    }

    private void write(String file, String text) {
        try {
            folder.write(file, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " is live, but cannot be written", unwritable);
        }
    }
}
