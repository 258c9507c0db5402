package io.serai.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second hub off a data folder. The system frees the lock when the process ends, however it ends. */
class FolderLock implements AutoCloseable {

    /** Where nothing is written: Windows would not let others read what is locked, and they want to read whose lock it is. */
    private static final long UNREAD = Long.MAX_VALUE - 1;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder.
     *
     * @throws DatabaseUnusable when another hub has it
     */
    static FolderLock on(Path folder) {
        Path file = folder.resolve("hub.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTaken(channel)) {
                channel.close();
                throw new DatabaseUnusable(
                        "Another hub (process " + Files.readString(file).strip() + ") is at work on " + folder + ".",
                        "Stop it first, give this one a serai.home of its own, or let both share a server by SERAI_DB_URL.");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(channel);
        } catch (IOException unlockable) {
            throw new UncheckedIOException("cannot lock " + file, unlockable);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(UNREAD, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException stuck) {
            throw new UncheckedIOException(stuck);
        }
    }
}
