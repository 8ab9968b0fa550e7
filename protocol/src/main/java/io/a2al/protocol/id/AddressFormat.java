package io.a2al.protocol.id;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.WhiteSpace;
import io.a2al.protocol.id.InvalidAddressException.Field;

/**
 * The text forms of addresses (wire.md 1.4). A text is parsed by the first family that recognises it by its prefix and
 * length; if that family rejects it, no other is tried. Stateless and thread-safe.
 */
final class AddressFormat {

    static final String WRONG_CASE = "its upper and lower case letters do not match its checksum; mistyped?";

    /** Characters of an invalid text that an error message quotes; the longest address has 43. */
    private static final int MAX_QUOTED = 100;

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
        if (EthereumFormat.recognises(trimmed)) {
            return EthereumFormat.parse(trimmed);
        }
        if (ParalismFormat.recognisesBech32(trimmed)) {
            return ParalismFormat.parseBech32(trimmed);
        }
        if (ParalismFormat.recognisesBase58(trimmed)) {
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
        String quoted = text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
        return new InvalidAddressException(field, "not an address: \"" + quoted + "\": " + why);
    }
}
