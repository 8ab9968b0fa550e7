package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.WhiteSpace;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.InvalidAddressException;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The text that a wallet shows its owner and signs (wire.md 14.2). It is written in one exact form. It is parsed
 * loosely, since the signature covers the text itself, which only has to state the same delegation as the proof.
 * Stateless and thread-safe.
 */
final class WalletMessage {

    private static final String OP_KEY = "op_key";
    private static final String AGENT = "agent";
    private static final String SCOPE = "scope";
    private static final String ISSUED_AT = "issued_at";
    private static final String EXPIRES_AT = "expires_at";

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

    /**
     * Parses a text. Unknown lines are ignored. Of several lines with one name the last counts, but all of them must be
     * valid, as the reference implementation checks each line that it reads.
     */
    static Delegation parse(String text) throws InvalidDelegationException {
        Fields fields = new Fields();
        for (String line : text.split("\n", -1)) {
            String trimmed = WhiteSpace.trim(line);
            int colon = trimmed.indexOf(':');
            if (colon >= 0) {
                fields.set(WhiteSpace.trim(trimmed.substring(0, colon)), WhiteSpace.trim(trimmed.substring(colon + 1)));
            }
        }
        return fields.toDelegation();
    }

    private static final class Fields {

        private Optional<Bytes> operationalKey = Optional.empty();
        private Optional<Address> agent = Optional.empty();
        private Optional<Long> issuedAt = Optional.empty();
        private Optional<Long> expiresAt = Optional.empty();
        private Optional<Long> scope = Optional.empty();

        void set(String name, String value) throws InvalidDelegationException {
            switch (name) {
                case OP_KEY -> operationalKey = Optional.of(key(name, value));
                case AGENT -> agent = Optional.of(address(name, value));
                case ISSUED_AT -> issuedAt = Optional.of(number(name, value, MAX_TIME_BITS));
                case EXPIRES_AT -> expiresAt = Optional.of(number(name, value, MAX_TIME_BITS));
                case SCOPE -> scope = Optional.of(number(name, value, MAX_SCOPE_BITS));
                default -> {
                    // A line that older protocol versions do not know, or text for the owner.
                }
            }
        }

        Delegation toDelegation() throws InvalidDelegationException {
            return new Delegation(
                    required(OP_KEY, operationalKey),
                    required(AGENT, agent),
                    required(ISSUED_AT, issuedAt),
                    required(EXPIRES_AT, expiresAt),
                    required(SCOPE, scope).intValue());
        }

        private static <T> T required(String name, Optional<T> value) throws InvalidDelegationException {
            return value.orElseThrow(() -> invalid(name, "missing"));
        }
    }

    /** Parses a key. A prefix {@code 0x} is removed, and then a prefix {@code 0X}, as the reference does. */
    private static Bytes key(String name, String text) throws InvalidDelegationException {
        String digits = withoutPrefix(withoutPrefix(text, "0x"), "0X");
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

    private static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static Address address(String name, String text) throws InvalidDelegationException {
        try {
            return Address.parse(text);
        } catch (InvalidAddressException notAnAddress) {
            throw invalid(name, String.valueOf(notAnAddress.getMessage()));
        }
    }

    /** Parses decimal digits. A number with more bits than its field is an error; it is not cut to its lower bits. */
    private static long number(String name, String text, int bits) throws InvalidDelegationException {
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
