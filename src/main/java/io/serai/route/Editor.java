package io.serai.route;

import io.serai.Home;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Changes files from afar: what is written is live, and what cannot go live is not written. */
@Component
public class Editor {

    /** In the place of a hash: whichever text is there. */
    public static final String ANY = "*";

    private static final Logger log = LoggerFactory.getLogger(Editor.class);

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

    /**
     * Writes one file and puts it to work, or does neither.
     *
     * @param text null deletes it
     * @param base the hash of the text that was edited, or {@link #ANY}; empty for a file that is new
     * @throws Overtaken when it is another by now
     * @throws SetRefused when the set would be faulty
     * @throws Unwritable when it comes from the jar, or from a folder that may only be read
     */
    public Revision edit(String file, String text, String base, String author) {
        synchronized (reload) {
            FileSet present = folder.read();
            String here = present.texts().get(file);
            if (here == null ? !base.isEmpty() : !base.equals(ANY) && !base.equals(FileSet.hash(here))) {
                throw new Overtaken(Diff.of(here == null ? "" : here, text == null ? "" : text));
            }
            return change(present, text == null ? present.without(file) : present.with(file, text), Set.of(file), author);
        }
    }

    /** Writes the files of a revision back and puts them to work, or does neither. */
    public Revision rollback(Revision former, String author) {
        synchronized (reload) {
            FileSet present = folder.read();
            FileSet wanted = revisions.files(former);
            return change(present, wanted, wanted.changedSince(present), author);
        }
    }

    private Revision change(FileSet present, FileSet wanted, Set<String> changed, String author) {
        changed.forEach(folder::requireWritable);
        FileSet ran = reload.running();
        Revision applied = reload.apply(wanted, author);
        List<String> written = new ArrayList<>();
        try {
            for (String file : changed) {
                folder.write(file, wanted.texts().get(file));
                written.add(file);
            }
        } catch (IOException failed) {
            log.error("An edit could not be written and is taken back: {}", failed.toString());
            reload.apply(ran, author);
            putBack(written, present);
            throw new Unwritable("The hub could not write it: look at the folder and its disk, the log says more. What ran runs on.");
        }
        return applied;
    }

    /** Who watches the folder, or looks at its health, sees what could not be put back. */
    private void putBack(List<String> written, FileSet present) {
        for (String file : written) {
            try {
                folder.write(file, present.texts().get(file));
            } catch (IOException failed) {
                log.error("{} is left as it was edited: {}", file, failed.toString());
            }
        }
    }
}
