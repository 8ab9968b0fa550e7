package io.a2al.dht.files;

import io.a2al.dht.result.MailResult;
import io.a2al.dht.result.ReceivedMail.Note;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.id.Sha256;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which notes an agent was given, and the file that keeps this across a restart: a line for each, with the agent's
 * NodeID and the note's key in hexadecimal, and the Unix second at which its record has expired. Other lines are
 * skipped, as only they are damaged. Nothing of a note can be read from its key. Not for two processes at a time.
 * Thread-safe.
 */
public final class DeliveredMail {

    /** Most notes remembered of an agent; of more, those that expire first are dropped. */
    public static final int MAX_NOTES = 4096;

    /** Most agents; of more, the one first seen is dropped. */
    static final int MAX_AGENTS = 128;

    /** Bytes of the SHA-256 that are kept; a second note with the same key cannot be made. */
    private static final int KEY_LENGTH = 16;

    /** Longest file to read, in bytes: a full one is half as long. */
    private static final int MAX_LENGTH = 1 << 26;

    private static final Pattern FIELDS = Pattern.compile(" ");

    private final Path file;

    /** When the notes expire, by agent and key; agents in the order in which they were first seen. */
    private final Map<NodeId, Map<Bytes, Long>> agents = new LinkedHashMap<>();

    private boolean changed;

    /** A file at this path, which need not exist; it is not read yet. */
    public DeliveredMail(Path file) {
        this.file = file;
    }

    /** Returns the path. */
    public Path path() {
        return file;
    }

    /** Returns the key of a note: the first 16 bytes of a SHA-256 of sender, sequence number, type and body. */
    public static Bytes keyOf(Note note) {
        ByteBuffer numbers = ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(note.sequence())
                .putInt(note.type());
        return key(note.sender().toArray(), numbers.array(), note.body().toArray());
    }

    /** Returns the key of a record that cannot be opened. */
    public static Bytes keyOf(SignedRecord unreadable) {
        return key(unreadable.encoded().toArray());
    }

    private static Bytes key(byte[]... parts) {
        return Bytes.copyOfRange(Sha256.hash(parts), 0, KEY_LENGTH);
    }

    /** Returns the notes without those that have one of these keys. */
    public static MailResult without(Set<Bytes> keys, MailResult all) {
        return new MailResult(
                all.mail().stream()
                        .filter(note -> !keys.contains(keyOf(note.note())))
                        .toList(),
                all.unreadable().stream()
                        .filter(note -> !keys.contains(keyOf(note.record())))
                        .toList(),
                all.report());
    }

    /**
     * Takes what is in the file; nothing if there is no such file.
     *
     * @throws DamagedFileException if it is too long to be such a file
     * @throws IOException if it cannot be read
     */
    public synchronized void read() throws IOException {
        byte[] content;
        try {
            content = OwnerOnlyFile.read(file, MAX_LENGTH);
        } catch (NoSuchFileException none) {
            return;
        }
        // Every byte is a character of this charset, so that no content makes reading fail.
        new String(content, StandardCharsets.ISO_8859_1).lines().forEach(this::take);
        changed = false;
    }

    private void take(String line) {
        List<String> fields = FIELDS.splitAsStream(line).toList();
        if (fields.size() != 3 || fields.get(1).length() != 2 * KEY_LENGTH) {
            return;
        }
        try {
            remember(
                    NodeId.fromHex(fields.get(0)), Bytes.fromHex(fields.get(1)), Long.parseUnsignedLong(fields.get(2)));
        } catch (IllegalArgumentException damaged) {
            // A note of a damaged line is given once more.
        }
    }

    private void remember(NodeId agent, Bytes key, long expires) {
        Map<Bytes, Long> notes = agents.computeIfAbsent(agent, first -> new TreeMap<>());
        Long known = notes.get(key);
        if (known != null && Long.compareUnsigned(known, expires) >= 0) {
            return;
        }
        notes.put(key, expires);
        changed = true;
        if (notes.size() > MAX_NOTES) {
            notes.entrySet().stream()
                    .min(Map.Entry.comparingByValue(Long::compareUnsigned))
                    .map(Map.Entry::getKey)
                    .ifPresent(notes::remove);
        }
        if (agents.size() > MAX_AGENTS) {
            agents.remove(agents.keySet().iterator().next());
        }
    }

    /**
     * Notes that an agent was given a note.
     *
     * @param record the record that held it; known until that has expired
     */
    public void mark(Address agent, Bytes key, SignedRecord record) {
        mark(agent, key, endOf(record));
    }

    /**
     * The same with the time until which it is known.
     *
     * @param expires in Unix seconds, unsigned
     * @throws IllegalArgumentException if {@code key} is none of {@link #keyOf}
     */
    public synchronized void mark(Address agent, Bytes key, long expires) {
        if (key.length() != KEY_LENGTH) {
            throw new IllegalArgumentException("a note's key has " + KEY_LENGTH + " bytes, not " + key.length());
        }
        remember(NodeId.ofAddress(agent), key, expires);
    }

    /** Returns the Unix second from which a record has expired. */
    public static long endOf(SignedRecord record) {
        long end = record.timestamp() + record.ttl() + 1;
        return Long.compareUnsigned(end, record.timestamp()) < 0 ? -1 : end;
    }

    /** Returns the keys of the notes that an agent was given. */
    public synchronized Set<Bytes> of(Address agent) {
        return new HashSet<>(
                agents.getOrDefault(NodeId.ofAddress(agent), Map.of()).keySet());
    }

    /** Returns the number of notes of all agents. */
    public synchronized int size() {
        return agents.values().stream().mapToInt(Map::size).sum();
    }

    /**
     * Writes what has changed, without the notes whose records have expired, as a whole or not at all. It is on the
     * disk when this returns. Calls of {@link #mark} do not wait for it.
     *
     * @throws IOException if it cannot be written; the next call tries again
     */
    public void write(long unixSeconds) throws IOException {
        String text;
        synchronized (this) {
            if (!changed) {
                return;
            }
            agents.values()
                    .forEach(notes ->
                            notes.values().removeIf(expires -> Long.compareUnsigned(expires, unixSeconds) <= 0));
            agents.values().removeIf(Map::isEmpty);
            text = text();
            changed = false;
        }
        boolean written = false;
        try {
            OwnerOnlyFile.replace(file, text.getBytes(StandardCharsets.US_ASCII));
            written = true;
        } finally {
            if (!written) {
                synchronized (this) {
                    changed = true;
                }
            }
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        agents.forEach((agent, notes) -> notes.forEach((key, expires) -> text.append(agent.toHex())
                .append(' ')
                .append(key.toHex())
                .append(' ')
                .append(Long.toUnsignedString(expires))
                .append('\n')));
        return text.toString();
    }
}
