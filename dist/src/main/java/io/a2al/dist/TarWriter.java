package io.a2al.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes a tar archive in the format of POSIX 1988 (ustar), which every reader knows. All files have one time, and
 * belong to numbers and not to names, so that equal input gives equal bytes. Not thread-safe.
 */
final class TarWriter {

    private static final int BLOCK = 512;

    /** The end of an archive, and what its length is a multiple of, in bytes. */
    private static final int RECORD = 20 * BLOCK;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_PREFIX = 155;
    private static final int CHECKSUM_AT = 148;

    private final OutputStream out;
    private final long time;
    private long written;

    /** The stream is not closed. */
    TarWriter(OutputStream out, Instant time) {
        this.out = out;
        this.time = time.getEpochSecond();
    }

    /** Adds a folder; its name has no slash at the end. */
    void directory(String name, int mode, int owner) throws IOException {
        header(name + "/", mode, owner, 0, '5', "");
    }

    void file(String name, int mode, int owner, Content content) throws IOException {
        long size = content.size();
        header(name, mode, owner, size, '0', "");
        long before = written;
        content.writeTo(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                put(bytes, offset, length);
            }
        });
        if (written - before != size) {
            throw new IOException(name + " changed its length while it was packed");
        }
        fillUp(BLOCK);
    }

    void link(String name, String target) throws IOException {
        header(name, 0777, 0, 0, '2', target);
    }

    /** Writes the end. */
    void finish() throws IOException {
        put(new byte[2 * BLOCK], 0, 2 * BLOCK);
        fillUp(RECORD);
        out.flush();
    }

    private void fillUp(int unit) throws IOException {
        int rest = (int) (written % unit);
        if (rest != 0) {
            put(new byte[unit - rest], 0, unit - rest);
        }
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        written += length;
    }

    private void header(String path, int mode, int owner, long size, char type, String target) throws IOException {
        String name = path;
        String prefix = "";
        if (length(path) > LONGEST_NAME) {
            int slash = path.indexOf('/', Math.max(0, path.length() - LONGEST_NAME - 1));
            if (slash <= 0 || slash == path.length() - 1) {
                throw new IOException("too long a name for the archive: " + path);
            }
            prefix = path.substring(0, slash);
            name = path.substring(slash + 1);
        }
        byte[] header = new byte[BLOCK];
        text(header, 0, LONGEST_NAME, name);
        number(header, 100, 8, mode);
        number(header, 108, 8, owner);
        number(header, 116, 8, owner);
        number(header, 124, 12, size);
        number(header, 136, 12, time);
        header[156] = (byte) type;
        text(header, 157, LONGEST_NAME, target);
        text(header, 257, 6, "ustar");
        text(header, 263, 2, "00");
        text(header, 345, LONGEST_PREFIX, prefix);
        Arrays.fill(header, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xff;
        }
        number(header, CHECKSUM_AT, 7, sum);
        put(header, 0, BLOCK);
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void text(byte[] header, int at, int longest, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > longest) {
            throw new IOException("too long for the archive: " + text);
        }
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /** Writes octal digits, with zeros in front and a zero byte at the end. */
    private static void number(byte[] header, int at, int width, long value) throws IOException {
        String digits = Long.toOctalString(value);
        if (value < 0 || digits.length() >= width) {
            throw new IOException("too large a number for the archive: " + value);
        }
        text(header, at, width - 1, "0".repeat(width - 1 - digits.length()) + digits);
        header[at + width - 1] = 0;
    }
}
