package io.a2al.dht.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A passphrase in UTF-8. Closing it wipes it. No text form shows it. For one thread at a time.
 *
 * <p>It is created from arrays, which their owners can wipe; a {@code String} stays in memory until its place is
 * reused.
 */
public final class Passphrase implements AutoCloseable {

    private static final int MAX_BYTES_OF_A_CHAR = 3;

    private final byte[] utf8;
    private boolean closed;

    private Passphrase(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * Returns the passphrase with these characters. They are copied; the caller wipes the array.
     *
     * @throws IllegalArgumentException if half of a surrogate pair is missing; the message contains nothing of the rest
     */
    public static Passphrase of(char[] characters) {
        byte[] room = new byte[MAX_BYTES_OF_A_CHAR * characters.length];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        CoderResult result = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters), encoded, true);
        byte[] bytes = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        Passphrase passphrase = new Passphrase(bytes);
        if (result.isError()) {
            passphrase.close();
            throw new IllegalArgumentException("the passphrase is not well-formed text");
        }
        return passphrase;
    }

    /** Returns the passphrase with these bytes. They are copied; the caller wipes the array. */
    public static Passphrase ofUtf8(byte[] bytes) {
        return new Passphrase(bytes.clone());
    }

    /** Returns true if the passphrase is empty; such a passphrase protects nothing. */
    public boolean isEmpty() {
        return utf8.length == 0;
    }

    /** Returns the bytes themselves, since a copy would have to be wiped too. */
    byte[] utf8() {
        if (closed) {
            throw new IllegalStateException("this passphrase has been wiped");
        }
        return utf8;
    }

    /** Wipes the passphrase. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(utf8, (byte) 0);
    }

    /** Returns a text without the passphrase and its length. */
    @Override
    public String toString() {
        return "Passphrase[hidden]";
    }
}
