package io.a2al.protocol.id;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.WhiteSpace;
import io.a2al.protocol.id.InvalidAddressException.Field;

/**
 * The text forms of addresses (wire.md 1.4). When reading, the first family whose looks a text has decides, and its
 * verdict is final. Stateless and thread-safe.
 */
final class AddressFormat {

    static final String WRONG_CASE = "its upper and lower case letters do not match its checksum; mistyped?";

    private static final int SHOWN = 100;

    private AddressFormat() {}

    static String format(Address address) {
        return switch (address.version()) {
            case Address.ETHEREUM -> EthereumFormat.format(address);
            case Address.PARALISM -> ParalismFormat.format(address);
            default -> NativeFormat.format(address);
        };
    }

    static Address parse(String text) {
        String trimmed = WhiteSpace.trim(text);
        if (EthereumFormat.claims(trimmed)) {
            return EthereumFormat.parse(trimmed);
        }
        if (ParalismFormat.claimsBech32(trimmed)) {
            return ParalismFormat.parseBech32(trimmed);
        }
        if (ParalismFormat.claimsBase58(trimmed)) {
            return ParalismFormat.parseBase58(trimmed);
        }
        return NativeFormat.parse(trimmed);
    }

    static Bytes hex(String text, String digits) {
        try {
            return Bytes.fromHex(digits);
        } catch (IllegalArgumentException e) {
            throw invalid(Field.CHARACTERS, text, "it has characters that are not hexadecimal digits");
        }
    }

    static InvalidAddressException invalid(Field field, String text, String why) {
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return new InvalidAddressException(field, "not an address: \"" + shown + "\": " + why);
    }
}
