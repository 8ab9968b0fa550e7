package io.a2al.protocol.id;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.InvalidAddressException.Field;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The native text form: all 21 bytes as 42 hexadecimal digits, with a case checksum by SHA-256. Any version from 0xA0
 * to 0xAF is parsed. Stateless and thread-safe.
 */
final class NativeFormat {

    private static final int DIGITS = 2 * Address.LENGTH;
    private static final int FIRST_VERSION = 0xA0;
    private static final int LAST_VERSION = 0xAF;

    private NativeFormat() {}

    static String format(Address address) {
        return checksummed(address.toHex());
    }

    static Address parse(String text) {
        if (text.length() != DIGITS) {
            throw AddressFormat.invalid(
                    Field.LENGTH,
                    text,
                    "expected " + DIGITS + " hexadecimal digits, got " + text.length() + " characters");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        Bytes bytes = AddressFormat.hex(text, lower);
        if (bytes.at(0) < FIRST_VERSION || bytes.at(0) > LAST_VERSION) {
            throw AddressFormat.invalid(Field.VERSION, text, "it must begin with a0 to af");
        }
        if (!text.equals(lower) && !text.equals(checksummed(lower))) {
            throw AddressFormat.invalid(Field.CHECKSUM, text, AddressFormat.WRONG_CASE);
        }
        return Address.of(bytes);
    }

    private static String checksummed(String lower) {
        return HexCase.apply(lower, Sha256.hash(lower.getBytes(StandardCharsets.US_ASCII)));
    }
}
