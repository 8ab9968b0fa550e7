package io.a2al.protocol.id;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.InvalidAddressException.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The text form of Paralism addresses: Bech32 with prefix {@code bc} over 21 bytes, a zero and the 20 bytes of the
 * address, split into groups as a whole. This is not the SegWit format; SegWit addresses are rejected. Base58Check is
 * parsed, too, but never written. Stateless and thread-safe.
 */
final class ParalismFormat {

    private static final String PREFIX = "bc";
    private static final String OTHER_PREFIX = "pr";
    private static final int VERSION = 0;

    /**
     * Lengths, in characters, within which a text that begins with the digit 1 is parsed as Base58Check (wire.md 1.4).
     */
    private static final int MIN_BASE58 = 26;

    private static final int MAX_BASE58 = 35;

    private ParalismFormat() {}

    static boolean recognisesBech32(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith(PREFIX + "1") || lower.startsWith(OTHER_PREFIX + "1");
    }

    static boolean recognisesBase58(String text) {
        return text.length() >= MIN_BASE58 && text.length() <= MAX_BASE58 && text.startsWith("1");
    }

    static String format(Address address) {
        byte[] versioned = address.toArray();
        versioned[0] = VERSION;
        return Bech32.encode(PREFIX, Bech32.toGroups(versioned));
    }

    static Address parseBech32(String text) {
        Bech32.Decoded decoded = Bech32.decode(text)
                .filter(read -> read.prefix().equals(PREFIX) || read.prefix().equals(OTHER_PREFIX))
                .orElseThrow(() ->
                        AddressFormat.invalid(Field.CHECKSUM, text, "its Bech32 checksum does not match; mistyped?"));
        return of(text, Bech32.toBytes(decoded.groups().toArray()));
    }

    static Address parseBase58(String text) {
        Optional<byte[]> decoded = Base58Check.decode(text);
        if (decoded.isEmpty()) {
            throw AddressFormat.invalid(Field.CHECKSUM, text, "its Base58 checksum does not match; mistyped?");
        }
        return of(text, decoded);
    }

    private static Address of(String text, Optional<byte[]> versioned) {
        byte[] bytes = versioned.orElse(new byte[0]);
        if (bytes.length != Address.LENGTH || bytes[0] != VERSION) {
            throw AddressFormat.invalid(
                    Field.PAYLOAD, text, "it holds no version 0 and 20 bytes; SegWit addresses are not accepted");
        }
        return Address.of(Address.PARALISM, Bytes.copyOf(Arrays.copyOfRange(bytes, 1, bytes.length)));
    }
}
