package io.a2al.dht.files;

import io.a2al.core.api.StoredRecord;
import io.a2al.core.api.Subnet;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.Authority;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * The encoding of archived records. Each entry carries a message authentication code (MAC) under a secret of the data
 * directory: an entry whose code holds was written by this node, which had verified the record. Each begins with a
 * mark, so that entries can be found in a damaged file. Not thread-safe.
 *
 * <p>Format, numbers in network order: the mark {@code a5 3c 1e d3}; the length of the rest in 2 bytes; the number of
 * the entry (8); the DHT key (32); the kind of the origin (1), with the highest bit set if the record has a delegation
 * that does not hold; the length of the origin's network (1) and the network; the record's canonical bytes (wire.md
 * 10); the first 16 bytes of HMAC-SHA-256 over all of it from the number on.
 */
final class ArchiveEntries {

    /** Length of a secret in bytes. */
    static final int SECRET_LENGTH = 32;

    private static final int MARK = 0xa53c1ed3;
    private static final int HEAD = 4 + 2;
    private static final int MAC_LENGTH = 16;
    private static final int MIN_BODY = 8 + NodeId.LENGTH + 2 + MAC_LENGTH;
    private static final int UNPROVEN = 0x80;

    private final Mac mac;
    private final byte[] code;
    private int changed;

    ArchiveEntries(byte[] secret) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            code = new byte[mac.getMacLength()];
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Returns how many entries were met whose code does not hold. */
    int changed() {
        return changed;
    }

    byte[] encode(long number, StoredRecord stored) {
        Bytes network = stored.origin().network().map(Subnet::prefix).orElse(Bytes.EMPTY);
        Bytes record = stored.record().record().encoded();
        int length = MIN_BODY + network.length() + record.length();
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + length);
        bytes.putInt(MARK);
        bytes.putShort((short) length);
        bytes.putLong(number);
        bytes.put(stored.key().toBytes().toArray());
        boolean unproven = stored.record().authority() instanceof Authority.Unproven;
        bytes.put((byte) (EntryFields.codeOf(stored.origin()) | (unproven ? UNPROVEN : 0)));
        bytes.put((byte) network.length());
        bytes.put(network.toArray());
        bytes.put(record.toArray());
        computeCode(bytes.array(), HEAD, bytes.position());
        bytes.put(code, 0, MAC_LENGTH);
        return bytes.array();
    }

    /** Sets the code to that of the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    private void computeCode(byte[] bytes, int from, int to) {
        try {
            mac.update(bytes, from, to - from);
            mac.doFinal(code, 0);
        } catch (ShortBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the first eight bytes of the DHT key of the entry in these bytes; 0 if they hold none. */
    static long keyPrefixOf(byte[] bytes) {
        ByteBuffer entry = ByteBuffer.wrap(bytes);
        return lengthAt(entry, 0) < 0 ? 0 : entry.getLong(HEAD + Long.BYTES);
    }

    /** Returns the entry in these bytes; empty if they hold none, or more than one. */
    Optional<ArchivedRecord> decode(byte[] bytes) {
        int length = lengthAt(ByteBuffer.wrap(bytes), 0);
        return length == bytes.length - HEAD ? entryIn(bytes, HEAD) : Optional.empty();
    }

    /** Passes every entry that is anywhere in {@code content} to the reader, until it returns false. */
    void scan(ByteBuffer content, Predicate<ArchivedRecord> reader) {
        int at = 0;
        while (at < content.limit() - HEAD) {
            int length = lengthAt(content, at);
            Optional<ArchivedRecord> entry = length < 0 ? Optional.empty() : entryAt(content, at + HEAD, length);
            if (entry.isPresent() && !reader.test(entry.get())) {
                return;
            }
            at += entry.filter(ArchivedRecord::isAuthentic).isPresent() ? HEAD + length : 1;
        }
    }

    /** Returns the length of the body of the entry that begins here, or -1 if none does. */
    private static int lengthAt(ByteBuffer content, int at) {
        if (content.limit() - at < HEAD || content.getInt(at) != MARK) {
            return -1;
        }
        int length = Short.toUnsignedInt(content.getShort(at + 4));
        return length < MIN_BODY || content.limit() - at - HEAD < length ? -1 : length;
    }

    private Optional<ArchivedRecord> entryAt(ByteBuffer content, int at, int length) {
        byte[] body = new byte[length];
        content.get(at, body);
        return entryIn(body, 0);
    }

    /** Returns the entry whose body is all of {@code bytes} from {@code at} on. */
    private Optional<ArchivedRecord> entryIn(byte[] bytes, int at) {
        int end = bytes.length - MAC_LENGTH;
        computeCode(bytes, at, end);
        boolean holds = Arrays.equals(code, 0, MAC_LENGTH, bytes, end, bytes.length);
        changed += holds ? 0 : 1;
        ByteBuffer fields = ByteBuffer.wrap(bytes, at, end - at);
        long number = fields.getLong();
        NodeId key = NodeId.read(bytes, fields.position());
        fields.position(fields.position() + NodeId.LENGTH);
        int kind = Byte.toUnsignedInt(fields.get());
        int networkLength = Byte.toUnsignedInt(fields.get());
        int record = fields.position() + networkLength;
        if (record > end) {
            return Optional.empty();
        }
        return EntryFields.originOf(kind & ~UNPROVEN, Bytes.copyOfRange(bytes, fields.position(), record))
                .map(origin -> new ArchivedRecord(
                        number, key, origin, Bytes.copyOfRange(bytes, record, end), holds && (kind & UNPROVEN) == 0));
    }
}
