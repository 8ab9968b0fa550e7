package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.WhiteSpace;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.InvalidAddressException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * The text that a wallet shows its owner and signs (wire.md 14.2). It is written in one exact form. It is parsed
 * loosely, since the signature covers the text itself, which only has to state the same delegation as the proof.
 * Stateless and thread-safe.
 */
final class WalletMessage {

    private static final int MAX_TIME_BITS = 64;
    private static final int MAX_SCOPE_BITS = 8;

    private WalletMessage() {}

    static String of(Delegation delegation) {
        String family = delegation.agent().version() == Address.ETHEREUM ? "Ethereum" : "Paralism";
        return "A2AL Delegation Authorization\n"
                + "Authorize this Ed25519 key to operate on behalf of your " + family + " address.\n"
                + "\n"
                + "op_key:" + delegation.operationalKey().toHex() + "\n"
                + "agent:" + delegation.agent() + "\n"
                + "scope:" + delegation.scope() + "\n"
                + "issued_at:" + Long.toUnsignedString(delegation.issuedAt()) + "\n"
                + "expires_at:" + Long.toUnsignedString(delegation.expiresAt()) + "\n";
    }

    /** Returns true if {@code text} states {@code delegation}. */
    static boolean states(String text, Delegation delegation) {
        try {
            return parse(text).equals(delegation);
        } catch (InvalidDelegationException noDelegation) {
            return false;
        }
    }

    /** Parses a text. Unknown lines are ignored, and of several lines with one name the last counts. */
    static Delegation parse(String text) throws InvalidDelegationException {
        Map<String, String> fields = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            String trimmed = WhiteSpace.trim(line);
            int colon = trimmed.indexOf(':');
            if (colon >= 0) {
                fields.put(WhiteSpace.trim(trimmed.substring(0, colon)), WhiteSpace.trim(trimmed.substring(colon + 1)));
            }
        }
        return new Delegation(
                key(fields, "op_key"),
                address(fields, "agent"),
                number(fields, "issued_at", MAX_TIME_BITS),
                number(fields, "expires_at", MAX_TIME_BITS),
                (int) number(fields, "scope", MAX_SCOPE_BITS));
    }

    private static String field(Map<String, String> fields, String name) throws InvalidDelegationException {
        String value = fields.get(name);
        if (value == null) {
            throw invalid(name, "missing");
        }
        return value;
    }

    private static Bytes key(Map<String, String> fields, String name) throws InvalidDelegationException {
        String text = field(fields, name);
        String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        try {
            Bytes key = Bytes.fromHex(digits);
            if (key.length() == SignatureVerifier.PUBLIC_KEY_LENGTH) {
                return key;
            }
        } catch (IllegalArgumentException notHex) {
            // Reported below.
        }
        throw invalid(name, "not 64 hexadecimal digits");
    }

    private static Address address(Map<String, String> fields, String name) throws InvalidDelegationException {
        try {
            return Address.parse(field(fields, name));
        } catch (InvalidAddressException notAnAddress) {
            throw invalid(name, String.valueOf(notAnAddress.getMessage()));
        }
    }

    /** Parses decimal digits. A number with more bits than its field is an error; it is not cut to its lower bits. */
    private static long number(Map<String, String> fields, String name, int bits) throws InvalidDelegationException {
        String text = field(fields, name);
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw invalid(name, "not a decimal number");
        }
        BigInteger number = new BigInteger(text);
        if (number.bitLength() > bits) {
            throw invalid(name, "a number of more than " + bits + " bits");
        }
        return number.longValue();
    }

    private static InvalidDelegationException invalid(String name, String why) {
        return new InvalidDelegationException(
                InvalidDelegationException.Field.MESSAGE, "message: " + name + ": " + why);
    }
}
