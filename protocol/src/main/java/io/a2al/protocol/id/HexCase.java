package io.a2al.protocol.id;

/**
 * The checksum in the letter case of hexadecimal digits (EIP-55 and wire.md 1.4). Stateless and thread-safe.
 */
final class HexCase {

    private HexCase() {}

    /** Returns {@code lower} with each letter in upper case whose nibble of {@code hash} is 8 or more. */
    static String apply(String lower, byte[] hash) {
        StringBuilder text = new StringBuilder(lower);
        for (int i = 0; i < lower.length(); i++) {
            int nibble = i % 2 == 0 ? (hash[i / 2] >> 4) & 0xf : hash[i / 2] & 0xf;
            if (nibble >= 8 && lower.charAt(i) >= 'a') {
                text.setCharAt(i, (char) (lower.charAt(i) - 'a' + 'A'));
            }
        }
        return text.toString();
    }
}
