package io.a2al.protocol.id;

import io.a2al.protocol.Bytes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Bech32 and Bech32m (BIP-173 and BIP-350): a prefix, the digit 1, groups of five bits, and a checksum of six groups.
 * The caller interprets the groups; this is not the SegWit address format. Stateless and thread-safe.
 */
final class Bech32 {

    /**
     * A decoded text.
     *
     * @param prefix in lower case
     * @param groups one byte per group of five bits, without the checksum
     */
    record Decoded(String prefix, Bytes groups) {}

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32 = 1;
    private static final int BECH32M = 0x2bc830a3;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int MAX_LENGTH = 90;

    private Bech32() {}

    /** Returns the Bech32 text of groups of five bits, one per byte, with the checksum of BIP-173. */
    static String encode(String prefix, byte[] groups) {
        byte[] padded = Arrays.copyOf(groups, groups.length + CHECKSUM_LENGTH);
        int checksum = polymod(prefix, padded) ^ BECH32;
        StringBuilder text = new StringBuilder(prefix).append('1');
        for (byte group : groups) {
            text.append(ALPHABET.charAt(group));
        }
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            text.append(ALPHABET.charAt((checksum >>> (5 * (CHECKSUM_LENGTH - 1 - i))) & 31));
        }
        return text.toString();
    }

    /** Decodes a text with either checksum; returns nothing if it is invalid. */
    static Optional<Decoded> decode(String text) {
        // Checked first: some characters outside ASCII, such as the Kelvin sign, have a lower case inside it.
        if (text.chars().anyMatch(c -> c < 33 || c > 126)) {
            return Optional.empty();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        boolean oneCase = text.equals(lower) || text.equals(text.toUpperCase(Locale.ROOT));
        int separator = lower.lastIndexOf('1');
        int dataLength = lower.length() - separator - 1;
        if (!oneCase || lower.length() > MAX_LENGTH || separator < 1 || dataLength < CHECKSUM_LENGTH) {
            return Optional.empty();
        }
        String prefix = lower.substring(0, separator);
        byte[] groups = new byte[dataLength];
        for (int i = 0; i < dataLength; i++) {
            int group = ALPHABET.indexOf(lower.charAt(separator + 1 + i));
            if (group < 0) {
                return Optional.empty();
            }
            groups[i] = (byte) group;
        }
        int checksum = polymod(prefix, groups);
        return checksum == BECH32 || checksum == BECH32M
                ? Optional.of(new Decoded(prefix, Bytes.copyOfRange(groups, 0, dataLength - CHECKSUM_LENGTH)))
                : Optional.empty();
    }

    /** Splits bytes into groups of five bits; the last group is padded with zeros. */
    static byte[] toGroups(byte[] bytes) {
        byte[] groups = new byte[(bytes.length * 8 + 4) / 5];
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            int value = (bytes[bit / 8] >> (7 - bit % 8)) & 1;
            groups[bit / 5] |= (byte) (value << (4 - bit % 5));
        }
        return groups;
    }

    /** Joins groups to bytes; returns nothing unless at most four bits are left over and all of them are zero. */
    static Optional<byte[]> toBytes(byte[] groups) {
        int bits = groups.length * 5;
        byte[] bytes = new byte[bits / 8];
        for (int bit = 0; bit < bits; bit++) {
            int value = (groups[bit / 5] >> (4 - bit % 5)) & 1;
            if (bit / 8 < bytes.length) {
                bytes[bit / 8] |= (byte) (value << (7 - bit % 8));
            } else if (value != 0) {
                return Optional.empty();
            }
        }
        return bits - bytes.length * 8 > 4 ? Optional.empty() : Optional.of(bytes);
    }

    private static int polymod(String prefix, byte[] groups) {
        int checksum = 1;
        for (int i = 0; i < prefix.length(); i++) {
            checksum = step(checksum, prefix.charAt(i) >> 5);
        }
        checksum = step(checksum, 0);
        for (int i = 0; i < prefix.length(); i++) {
            checksum = step(checksum, prefix.charAt(i) & 31);
        }
        for (byte group : groups) {
            checksum = step(checksum, group);
        }
        return checksum;
    }

    private static int step(int checksum, int group) {
        int top = checksum >>> 25;
        int next = ((checksum & 0x1ffffff) << 5) ^ group;
        for (int i = 0; i < GENERATOR.length; i++) {
            if (((top >>> i) & 1) != 0) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}
