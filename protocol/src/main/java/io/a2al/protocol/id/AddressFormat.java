package io.a2al.protocol.id;

import io.a2al.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The text form of native addresses: 42 hexadecimal digits whose letter case is a checksum (wire.md 1.4). An address of
 * another family can be written and read in the same form as raw digits. Stateless and thread-safe.
 */
final class AddressFormat {

    private static final int DIGITS = 2 * Address.LENGTH;
    private static final int FIRST_VERSION = 0xA0;
    private static final int LAST_VERSION = 0xAF;

    private AddressFormat() {}

    static String format(Address address) {
        return checksummed(address.toHex());
    }

    static Address parse(String text) {
        String trimmed = trim(text);
        if (trimmed.length() != DIGITS) {
            throw invalid(text, "expected " + DIGITS + " hexadecimal digits, got " + trimmed.length() + " characters");
        }
        String lower = trimmed.toLowerCase(Locale.ROOT);
        Bytes octets;
        try {
            octets = Bytes.fromHex(lower);
        } catch (IllegalArgumentException e) {
            throw invalid(text, "it has characters that are not hexadecimal digits");
        }
        if (octets.at(0) < FIRST_VERSION || octets.at(0) > LAST_VERSION) {
            throw invalid(text, "it must begin with a0 to af");
        }
        if (!trimmed.equals(lower) && !trimmed.equals(checksummed(lower))) {
            throw invalid(text, "its upper and lower case letters do not match its checksum; mistyped?");
        }
        return Address.of(octets);
    }

    /** Upper-cases each letter whose nibble of SHA-256(lowercase text) is 8 or more. */
    private static String checksummed(String lower) {
        byte[] hash = Sha256.hash(lower.getBytes(StandardCharsets.US_ASCII));
        StringBuilder text = new StringBuilder(lower);
        for (int i = 0; i < lower.length(); i++) {
            int nibble = i % 2 == 0 ? (hash[i / 2] >> 4) & 0xf : hash[i / 2] & 0xf;
            if (nibble >= 8 && lower.charAt(i) >= 'a') {
                text.setCharAt(i, (char) (lower.charAt(i) - 'a' + 'A'));
            }
        }
        return text.toString();
    }

    /** Removes surrounding white space as Unicode defines it; neither of Java's two own notions is that one. */
    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isWhiteSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isWhiteSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isWhiteSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }

    private static InvalidAddressException invalid(String text, String why) {
        String shown = text.length() <= 100 ? text : text.substring(0, 100) + "…";
        return new InvalidAddressException("not an address: \"" + shown + "\": " + why);
    }
}
