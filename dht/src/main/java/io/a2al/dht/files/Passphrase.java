package io.a2al.dht.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A passphrase in UTF-8, until it is closed, which wipes it. No text form shows it. For one thread at a time.
 *
 * <p>Made of arrays, which their owners can wipe; a {@code String} stays in memory until something else happens to take
 * its place.
 */
public final class Passphrase implements AutoCloseable {

    private static final int MAX_BYTES_OF_A_CHAR = 3;

    private final byte[] utf8;
    private boolean closed;

    private Passphrase(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * The passphrase with these characters, which are copied and remain the caller's to wipe.
     *
     * @throws IllegalArgumentException if half of a surrogate pair is missing; says nothing about the rest
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

    /** The passphrase with these bytes, which are copied and remain the caller's to wipe. */
    public static Passphrase ofUtf8(byte[] bytes) {
        return new Passphrase(bytes.clone());
    }

    /** True if there is nothing in it; such a passphrase protects nothing. */
    public boolean isEmpty() {
        return utf8.length == 0;
    }

    /** The bytes themselves, not a copy, which somebody would have to wipe. */
    byte[] utf8() {
        if (closed) {
            throw new IllegalStateException("this passphrase has been wiped");
        }
        return utf8;
    }

    /** Wipes it. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(utf8, (byte) 0);
    }

    /** Never the secret, nor its length. */
    @Override
    public String toString() {
        return "Passphrase[hidden]";
    }
}
