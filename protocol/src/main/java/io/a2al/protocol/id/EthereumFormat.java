package io.a2al.protocol.id;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.InvalidAddressException.Field;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The text form of Ethereum addresses: {@code 0x} and 40 hexadecimal digits with the case checksum of EIP-55. Stateless
 * and thread-safe.
 */
final class EthereumFormat {

    private static final int LENGTH = 42;

    private EthereumFormat() {}

    static boolean recognises(String text) {
        return text.length() == LENGTH && (text.startsWith("0x") || text.startsWith("0X"));
    }

    static String format(Address address) {
        return "0x" + checksummed(address.toHex().substring(2));
    }

    static Address parse(String text) {
        String digits = text.substring(2);
        String lower = digits.toLowerCase(Locale.ROOT);
        Bytes payload = AddressFormat.hex(text, lower);
        if (!digits.equals(lower) && !digits.equals(checksummed(lower))) {
            throw AddressFormat.invalid(Field.CHECKSUM, text, AddressFormat.WRONG_CASE);
        }
        return Address.of(Address.ETHEREUM, payload);
    }

    private static String checksummed(String lower) {
        return HexCase.apply(lower, Keccak256.hash(lower.getBytes(StandardCharsets.US_ASCII)));
    }
}
