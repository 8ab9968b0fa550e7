package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.WhiteSpace;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.InvalidAddressException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text that a wallet shows its owner and signs (wire.md 14.2). Written exactly; read loosely, since the text is signed
 * as it is and only has to say the same as the proof. Stateless and thread-safe.
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

    /** True if {@code text} says what {@code delegation} says. */
    static boolean says(String text, Delegation delegation) {
        Map<String, String> fields = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            String trimmed = WhiteSpace.trim(line);
            int colon = trimmed.indexOf(':');
            if (colon >= 0) {
                fields.put(WhiteSpace.trim(trimmed.substring(0, colon)), WhiteSpace.trim(trimmed.substring(colon + 1)));
            }
        }
        return isKey(fields.get("op_key"), delegation.operationalKey())
                && isAddress(fields.get("agent"), delegation.agent())
                && isNumber(fields.get("scope"), delegation.scope(), MAX_SCOPE_BITS)
                && isNumber(fields.get("issued_at"), delegation.issuedAt(), MAX_TIME_BITS)
                && isNumber(fields.get("expires_at"), delegation.expiresAt(), MAX_TIME_BITS);
    }

    private static boolean isKey(@Nullable String text, Bytes key) {
        if (text == null) {
            return false;
        }
        String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        try {
            return Bytes.fromHex(digits).equals(key);
        } catch (IllegalArgumentException notHex) {
            return false;
        }
    }

    private static boolean isAddress(@Nullable String text, Address agent) {
        try {
            return text != null && Address.parse(text).equals(agent);
        } catch (InvalidAddressException notAnAddress) {
            return false;
        }
    }

    /** Plain decimal digits only; a number with more bits than its field is wrong, whatever its lower bits. */
    private static boolean isNumber(@Nullable String text, long value, int bits) {
        if (text == null || text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        BigInteger number = new BigInteger(text);
        return number.bitLength() <= bits && number.longValue() == value;
    }
}
