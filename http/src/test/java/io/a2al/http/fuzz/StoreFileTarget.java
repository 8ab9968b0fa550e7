package io.a2al.http.fuzz;

import io.a2al.dht.files.DamagedFileException;
import io.a2al.dht.files.StoreFile;
import io.a2al.protocol.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The first byte of the input says what the rest is. 0: a file of records. Else: the bodies of entries, each after two
 * bytes for its length, which get their marks and checksums here, so that what is behind these is reached. Reading
 * throws nothing but that it is no file of records, makes no more bytes of entries than the file has, and finds the
 * same entries, and no damage, after they have been written again (checked for some).
 */
public final class StoreFileTarget {

    private static final byte[] MARK = {(byte) 0xa5, 0x3c, 0x1e, (byte) 0xd2};

    /** Of so many inputs with entries one is written again, as that waits for the disk. */
    private static final int ONE_OF = 64;

    private static final Path FILE = temporary();
    private static final Path COPY = FILE.resolveSibling("copy");

    private StoreFileTarget() {}

    private static Path temporary() {
        try {
            Path directory = Files.createTempDirectory("a2al-fuzz");
            Path file = directory.resolve("records");
            for (Path each : List.of(directory, file, directory.resolve("copy"))) {
                each.toFile().deleteOnExit();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks one input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        ByteBuffer rest = ByteBuffer.wrap(input, 1, input.length - 1);
        byte[] content = input[0] == 0 ? takeAll(rest) : entries(rest);
        // Some file systems bring what replaces the content of a file to the disk at once, but not what a new file has.
        Files.deleteIfExists(FILE);
        Files.write(FILE, content);
        List<StoreFile.Entry> found = new ArrayList<>();
        try {
            int damaged = new StoreFile(FILE).read(found::add);
            Check.that(damaged >= 0 && damaged <= content.length, "no more damaged places than bytes");
        } catch (DamagedFileException refused) {
            Check.that(found.isEmpty(), "a file that has entries is one of records");
            Check.that(!StoreFile.isOne(FILE), "what is refused is no file of records");
            return;
        }
        long bytes = found.stream().mapToLong(entry -> entry.record().length()).sum();
        Check.that(bytes <= content.length, "no more bytes of records than the file has");
        if (!found.isEmpty()) {
            Check.that(StoreFile.isOne(FILE), "what has entries is a file of records");
            if (Arrays.hashCode(content) % ONE_OF == 0) {
                writeAgain(found);
            }
        }
    }

    private static void writeAgain(List<StoreFile.Entry> entries) throws IOException {
        StoreFile copy = new StoreFile(COPY);
        copy.write(entries);
        List<StoreFile.Entry> again = new ArrayList<>();
        Check.equal(copy.read(again::add), 0);
        Check.equal(again, entries);
    }

    private static byte[] takeAll(ByteBuffer from) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        return bytes;
    }

    private static byte[] entries(ByteBuffer bodies) {
        Bytes content = Bytes.copyOf("A2AL records 1\n".getBytes(StandardCharsets.US_ASCII));
        while (bodies.remaining() > Short.BYTES) {
            int length = Math.min(Short.toUnsignedInt(bodies.getShort()), bodies.remaining());
            byte[] body = new byte[length];
            bodies.get(body);
            CRC32C checksum = new CRC32C();
            checksum.update(body);
            ByteBuffer entry = ByteBuffer.allocate(MARK.length + Short.BYTES + Integer.BYTES + length);
            entry.put(MARK).putShort((short) length).putInt((int) checksum.getValue());
            content = content.concat(Bytes.copyOf(entry.put(body).array()));
        }
        return content.toArray();
    }
}
