package io.a2al.http.access;

import io.a2al.dht.files.OwnerOnlyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The secret that a request carries as {@code Authorization: Bearer <token>}. Immutable and thread-safe. */
public final class AccessToken {

    /** Length of a token that is made, in bytes: as much as a key. */
    private static final int LENGTH = 32;

    /** Shortest token to accept from a file, in characters; a shorter one could be tried out. */
    private static final int SHORTEST = 16;

    private static final String SCHEME = "bearer ";

    private final byte[] secret;

    private AccessToken(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Reads the token from a file, or makes a token and the file, which only its owner may read.
     *
     * @throws IOException if the file cannot be read or made, or holds no usable token; the message names the remedy
     */
    public static AccessToken at(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] made = new byte[LENGTH];
            new SecureRandom().nextBytes(made);
            OwnerOnlyFile.create(file, HexFormat.of().formatHex(made).getBytes(StandardCharsets.US_ASCII));
        }
        String token = new String(OwnerOnlyFile.read(file), StandardCharsets.UTF_8).strip();
        if (token.length() < SHORTEST || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IOException("no token in " + file + ": it must be " + SHORTEST
                    + " or more visible ASCII characters; delete the file to have a new one made");
        }
        return new AccessToken(token.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns a random token that is not told, so that no request has it. */
    public static AccessToken secret() {
        byte[] made = new byte[LENGTH];
        new SecureRandom().nextBytes(made);
        return new AccessToken(HexFormat.of().formatHex(made).getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns true if the one value of {@code Authorization} is this token. Takes equal time for all wrong tokens. */
    boolean isIn(List<String> authorization) {
        if (authorization.size() != 1) {
            return false;
        }
        String value = authorization.getFirst();
        if (!value.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        byte[] given = value.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(secret, given);
    }
}
