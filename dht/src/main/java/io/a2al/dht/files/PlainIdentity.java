package io.a2al.dht.files;

import io.a2al.protocol.crypto.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The plain form of an identity in a file: a heading, 64 hexadecimal digits of the secret seed, and the address that
 * follows from it, so that damage is noticed; each on a line. Stateless and thread-safe.
 */
final class PlainIdentity {

    private static final byte[] HEADING = "a2al identity 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 2 * Identity.SEED_LENGTH;
    private static final int ADDRESS_AT = HEADING.length + DIGITS + 1;

    private PlainIdentity() {}

    /** Returns the content of the file, which the caller wipes. */
    static byte[] write(Identity identity) {
        byte[] seed = identity.exportSeed();
        byte[] digits = SecretFile.format(seed);
        byte[] rest = ("\n" + identity.address() + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] content = Arrays.copyOf(HEADING, HEADING.length + digits.length + rest.length);
        System.arraycopy(digits, 0, content, HEADING.length, digits.length);
        System.arraycopy(rest, 0, content, HEADING.length + digits.length, rest.length);
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(digits, (byte) 0);
        return content;
    }

    /** Reads the content of a file, which the caller wipes; empty if it is damaged. */
    static Optional<Identity> read(byte[] content) {
        boolean framed = content.length > ADDRESS_AT
                && Arrays.equals(content, 0, HEADING.length, HEADING, 0, HEADING.length)
                && content[ADDRESS_AT - 1] == '\n';
        if (!framed) {
            return Optional.empty();
        }
        byte[] seed;
        try {
            seed = SecretFile.parse(content, HEADING.length, HEADING.length + DIGITS);
        } catch (IllegalArgumentException notASeed) {
            return Optional.empty();
        }
        Identity identity = Identity.ofSeed(seed);
        Arrays.fill(seed, (byte) 0);
        String address =
                new String(content, ADDRESS_AT, content.length - ADDRESS_AT, StandardCharsets.US_ASCII).strip();
        return address.equals(identity.address().toString()) ? Optional.of(identity) : Optional.empty();
    }
}
