package io.a2al.protocol.id;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes Base58Check, the form of Bitcoin's older addresses: the content and the first four bytes of its double
 * SHA-256, written in base 58, with a digit 1 for each leading zero byte. Nothing encodes it. Stateless and
 * thread-safe.
 */
final class Base58Check {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    private static final int CHECKSUM_LENGTH = 4;

    private Base58Check() {}

    /**
     * Returns the content without its checksum, or nothing if a character or the checksum is wrong. The caller limits
     * the length of the text, since the conversion takes quadratic time.
     */
    static Optional<byte[]> decode(String text) {
        BigInteger number = BigInteger.ZERO;
        int zeros = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
            if (number.signum() == 0) {
                zeros++;
            }
        }
        byte[] bytes = withLeadingZeros(number, zeros);
        if (bytes.length < CHECKSUM_LENGTH) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(bytes, bytes.length - CHECKSUM_LENGTH);
        byte[] checksum = Sha256.hash(Sha256.hash(content));
        return Arrays.equals(bytes, content.length, bytes.length, checksum, 0, CHECKSUM_LENGTH)
                ? Optional.of(content)
                : Optional.empty();
    }

    private static byte[] withLeadingZeros(BigInteger number, int zeros) {
        int length = (number.bitLength() + 7) / 8;
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[zeros + length];
        System.arraycopy(signed, signed.length - length, bytes, zeros, length);
        return bytes;
    }
}
