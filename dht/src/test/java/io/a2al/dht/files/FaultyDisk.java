package io.a2al.dht.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk in memory with one folder, which fails at a given operation. It promises no more than POSIX does: what was
 * written to a file may be lost by a crash, in any part, until the file is forced; and what became of names (creation,
 * renaming, deletion) until the folder is forced, but in the order in which it was done. Not thread-safe.
 */
final class FaultyDisk {

    /** What goes wrong. Each concerns some operations, which are counted. */
    enum Fault {
        /** From one write on, there is no space until {@link #recover()}. */
        FULL,
        /** One write writes half, and fails. */
        SHORT_WRITE,
        /** One force fails, and what was not forced before may never be: the system believes it to be written. */
        FAILED_FORCE,
        /** Nothing reaches the disk from one operation on. */
        CRASH
    }

    private enum Operation {
        WRITE,
        TRUNCATE,
        FORCE,
        NAME
    }

    /** What a crash loses of a write is the rest from a multiple of this on. */
    private static final int SECTOR = 512;

    private final Random random;
    private final Map<String, Content> names = new HashMap<>();
    private final Map<String, Content> forcedNames = new HashMap<>();
    private final List<Naming> namings = new ArrayList<>();

    private Fault fault = Fault.CRASH;
    private int left = Integer.MAX_VALUE;
    private boolean failing;
    private boolean failed;

    /** An empty disk; the seed determines what a crash loses. */
    FaultyDisk(long seed) {
        random = new Random(seed);
    }

    /** A change of one name: to a file, or to none. */
    private record Naming(String from, String to, Content content) {

        void in(Map<String, Content> folder) {
            folder.remove(from);
            if (!to.isEmpty()) {
                folder.put(to, content);
            }
        }
    }

    /** A change of a file: bytes that were written, or a length. */
    private record Change(int position, byte[] bytes) {

        byte[] in(byte[] content) {
            if (bytes.length == 0) {
                return Arrays.copyOf(content, position);
            }
            byte[] changed = Arrays.copyOf(content, Math.max(content.length, position + bytes.length));
            System.arraycopy(bytes, 0, changed, position, bytes.length);
            return changed;
        }
    }

    /** A file, as its readers see it and as it is on the disk. */
    static final class Content {

        private byte[] seen = new byte[0];
        private byte[] forced = new byte[0];
        private final List<Change> changes = new ArrayList<>();

        byte[] bytes() {
            return seen;
        }
    }

    // ---- faults -------------------------------------------------------------------------------------------------

    /** The n-th of the operations that a fault concerns fails, counted from 1. */
    void failAt(int n, Fault kind) {
        fault = kind;
        left = n;
        failing = false;
        failed = false;
    }

    /** Returns whether the fault has come. */
    boolean hasFailed() {
        return failed;
    }

    /** Returns whether operations fail until the disk works again. */
    boolean isFailing() {
        return failing;
    }

    /** Returns how many operations that the fault concerns are left until it comes. */
    int operationsLeft() {
        return left;
    }

    /** The disk works again. */
    void recover() {
        failing = false;
        left = Integer.MAX_VALUE;
    }

    private boolean concerns(Operation operation) {
        return switch (fault) {
            case FULL, SHORT_WRITE -> operation == Operation.WRITE;
            case FAILED_FORCE -> operation == Operation.FORCE;
            case CRASH -> true;
        };
    }

    /** Returns whether an operation fails. */
    private boolean fails(Operation operation) {
        if (!concerns(operation)) {
            return false;
        }
        left--;
        if (left == 0) {
            failed = true;
            failing = fault == Fault.FULL || fault == Fault.CRASH;
            return true;
        }
        return failing;
    }

    /** Returns what is on the disk after a crash at this moment; what was not forced is kept in part. */
    FaultyDisk afterCrash() {
        FaultyDisk after = new FaultyDisk(random.nextLong());
        Map<String, Content> kept = new HashMap<>(forcedNames);
        namings.subList(0, random.nextInt(namings.size() + 1)).forEach(naming -> naming.in(kept));
        kept.forEach((name, content) -> {
            Content left = new Content();
            left.forced = content.forced;
            for (Change change : content.changes) {
                left.forced = partly(change, left.forced);
            }
            left.seen = left.forced;
            after.names.put(name, left);
            after.forcedNames.put(name, left);
        });
        return after;
    }

    private byte[] partly(Change change, byte[] content) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> content;
            case 2 -> {
                int sectors = change.bytes().length / SECTOR;
                yield sectors == 0
                        ? content
                        : new Change(
                                        change.position(),
                                        Arrays.copyOf(change.bytes(), SECTOR * (1 + random.nextInt(sectors))))
                                .in(content);
            }
            default -> change.in(content);
        };
    }

    // ---- operations ---------------------------------------------------------------------------------------------

    /** Returns the names and lengths of all files, for messages. */
    Map<String, Integer> files() {
        Map<String, Integer> files = new LinkedHashMap<>();
        names.keySet().stream().sorted().forEach(name -> files.put(name, names.get(name).seen.length));
        return files;
    }

    boolean exists(String name) {
        return names.containsKey(name);
    }

    Content open(String name) throws IOException {
        Content content = names.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return content;
    }

    Content create(String name) throws IOException {
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        Content content = new Content();
        rename(new Naming(name, name, content));
        return content;
    }

    void delete(String name) throws IOException {
        rename(new Naming(name, "", open(name)));
    }

    /** Replaces the file of the new name, if there is one. */
    void move(String from, String to) throws IOException {
        rename(new Naming(from, to, open(from)));
    }

    private void rename(Naming naming) throws IOException {
        if (fails(Operation.NAME)) {
            throw new IOException("Input/output error");
        }
        naming.in(names);
        namings.add(naming);
    }

    void write(Content content, int position, byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        boolean fails = fails(Operation.WRITE);
        if (!fails) {
            change(content, new Change(position, bytes));
        } else if (fault == Fault.SHORT_WRITE && bytes.length > 1) {
            change(content, new Change(position, Arrays.copyOf(bytes, bytes.length / 2)));
        }
        if (fails) {
            throw new IOException("No space left on device");
        }
    }

    void truncate(Content content, int length) throws IOException {
        if (length < content.seen.length) {
            if (fails(Operation.TRUNCATE)) {
                throw new IOException("Input/output error");
            }
            change(content, new Change(length, new byte[0]));
        }
    }

    private static void change(Content content, Change change) {
        content.seen = change.in(content.seen);
        content.changes.add(change);
    }

    void force(Content content) throws IOException {
        if (fails(Operation.FORCE)) {
            if (fault == Fault.FAILED_FORCE) {
                for (Change change : content.changes) {
                    content.forced = partly(change, content.forced);
                }
                content.changes.clear();
            }
            throw new IOException("Input/output error");
        }
        if (content.changes.isEmpty()) {
            return;
        }
        for (Change change : content.changes) {
            content.forced = change.in(content.forced);
        }
        content.changes.clear();
    }

    void forceFolder() throws IOException {
        if (fails(Operation.FORCE)) {
            throw new IOException("Input/output error");
        }
        namings.forEach(naming -> naming.in(forcedNames));
        namings.clear();
    }
}
