package io.a2al.dht.files;

import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * The file of the records that a node holds. It is written as a whole or not at all. Of a damaged file, the undamaged
 * entries are read: each begins with a mark, by which the next one is found. Not for two processes at a time.
 *
 * <p>Format, numbers in network order: the line {@code A2AL records 1}; then for each record the mark {@code a5 3c 1e
 * d2}, the length of the rest in 2 bytes, the CRC-32C of the rest in 4, and the rest: the DHT key (32 bytes), the kind
 * of the origin (1), the length of its network (1) and the network (0, 3 or 6), and the record's canonical bytes
 * (wire.md 10).
 */
public final class StoreFile {

    /** Longest file to read, in bytes: twice the largest store of the default limits. */
    private static final long MAX_LENGTH = 1 << 29;

    private static final byte[] HEADER = "A2AL records 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MARK = 0xa53c1ed2;
    private static final int ENTRY_HEAD = 4 + 2 + 4;
    private static final int MIN_BODY = NodeId.LENGTH + 2;
    private static final int NO_ENTRY = -1;

    /**
     * An entry of the file; nothing of it has been verified.
     *
     * @param key the DHT key
     * @param origin the origin of the record, by which the store limits records
     * @param record the encoded record
     */
    public record Entry(NodeId key, Origin origin, Bytes record) {

        /** Returns the entry for a record of a store. */
        public static Entry of(StoredRecord stored) {
            return new Entry(
                    stored.key(), stored.origin(), stored.record().record().encoded());
        }
    }

    private final Path file;

    /** A file at this path; it need not exist. */
    public StoreFile(Path file) {
        this.file = file;
    }

    /** Returns whether a file is one of records, even if its head is damaged; looks for entries until the first one. */
    public static boolean isOne(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEADER.length);
            if (Arrays.equals(head, HEADER)) {
                return true;
            }
            if (head.length == 0 || MvRecordArchive.isHead(head)) {
                return false;
            }
        } catch (NoSuchFileException none) {
            return false;
        }
        try {
            boolean[] found = new boolean[1];
            new StoreFile(file).read(entry -> {
                found[0] = true;
                return false;
            });
            return found[0];
        } catch (DamagedFileException somethingElse) {
            return false;
        }
    }

    /** Returns the path. */
    public Path path() {
        return file;
    }

    /**
     * Passes every entry to {@code reader}, in the order of writing, until it returns false.
     *
     * @return the number of damaged places; 0 if there is no file
     * @throws DamagedFileException if it is not a file of records
     * @throws IOException if it cannot be read
     */
    public int read(Predicate<Entry> reader) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            if (channel.size() > MAX_LENGTH) {
                throw new DamagedFileException("it is longer than " + MAX_LENGTH + " bytes");
            }
            if (channel.size() == 0) {
                return 0;
            }
            return read(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                            .asByteBuffer(),
                    reader);
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    private static int read(ByteBuffer content, Predicate<Entry> reader) throws IOException {
        int length = Math.min(HEADER.length, content.limit());
        boolean headed = content.slice(0, length).equals(ByteBuffer.wrap(HEADER));
        int at = headed ? length : 0;
        int damaged = 0;
        boolean inDamage = false;
        boolean found = false;
        while (at < content.limit()) {
            int bodyLength = bodyAt(content, at);
            Optional<Entry> entry =
                    bodyLength == NO_ENTRY ? Optional.empty() : parse(content.slice(at + ENTRY_HEAD, bodyLength));
            if (entry.isPresent()) {
                found = true;
                inDamage = false;
                if (!reader.test(entry.get())) {
                    return damaged;
                }
                at += ENTRY_HEAD + bodyLength;
            } else {
                damaged += inDamage ? 0 : 1;
                inDamage = true;
                at++;
            }
        }
        if (!headed && !found) {
            throw new DamagedFileException("it is not a file of records");
        }
        return damaged;
    }

    /** Returns the length of the body of the entry that begins here, or {@link #NO_ENTRY} if there is no whole one. */
    private static int bodyAt(ByteBuffer content, int at) {
        if (content.limit() - at < ENTRY_HEAD || content.getInt(at) != MARK) {
            return NO_ENTRY;
        }
        int length = Short.toUnsignedInt(content.getShort(at + 4));
        if (length < MIN_BODY || content.limit() - at - ENTRY_HEAD < length) {
            return NO_ENTRY;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(content.slice(at + ENTRY_HEAD, length));
        return (int) checksum.getValue() == content.getInt(at + 6) ? length : NO_ENTRY;
    }

    private static Optional<Entry> parse(ByteBuffer body) {
        NodeId key = NodeId.of(take(body, NodeId.LENGTH));
        int kind = Byte.toUnsignedInt(body.get());
        int networkLength = Byte.toUnsignedInt(body.get());
        if (networkLength > body.remaining()) {
            return Optional.empty();
        }
        Bytes network = take(body, networkLength);
        return EntryFields.originOf(kind, network).map(origin -> new Entry(key, origin, take(body, body.remaining())));
    }

    /**
     * Replaces the content by these entries; readable by the owner only, and on the disk when this returns.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Collection<Entry> entries) throws IOException {
        OwnerOnlyFile.replace(file, out -> {
            out.write(HEADER);
            for (Entry entry : entries) {
                write(out, entry);
            }
        });
    }

    private static void write(OutputStream out, Entry entry) throws IOException {
        byte[] network = entry.origin()
                .network()
                .map(subnet -> subnet.prefix().toArray())
                .orElse(new byte[0]);
        int length = MIN_BODY + network.length + entry.record().length();
        ByteBuffer bytes = ByteBuffer.allocate(ENTRY_HEAD + length);
        bytes.position(ENTRY_HEAD);
        bytes.put(entry.key().toBytes().toArray());
        bytes.put((byte) EntryFields.codeOf(entry.origin()));
        bytes.put((byte) network.length);
        bytes.put(network);
        bytes.put(entry.record().toArray());
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), ENTRY_HEAD, length);
        bytes.putInt(0, MARK);
        bytes.putShort(4, (short) length);
        bytes.putInt(6, (int) checksum.getValue());
        out.write(bytes.array());
    }

    private static Bytes take(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return Bytes.copyOf(bytes);
    }
}
