package io.a2al.protocol.delegation;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.WhiteSpace;
import io.a2al.protocol.crypto.Secp256k1;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.Keccak256;
import io.a2al.protocol.id.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Signatures of Ethereum and Paralism wallets over a text: digest, layout, and recovery of the signer (wire.md 14.3 and
 * 14.4). Stateless and thread-safe.
 */
final class WalletSignatures {

    /** Length of a signature of either family, in bytes. */
    static final int LENGTH = 65;

    /** Length of a signature in Base64, in characters. */
    private static final int BASE64_LENGTH = 88;

    private static final byte[] ETHEREUM_PREFIX = "\u0019Ethereum Signed Message:\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BITCOIN_PREFIX = "\u0018Bitcoin Signed Message:\n".getBytes(StandardCharsets.UTF_8);

    /** Number that both families add to the recovery id. */
    private static final int HEADER_BASE = 27;

    /** Bit of Paralism's header, after subtraction of the base: the signer's key is compressed. */
    private static final int COMPRESSED = 4;

    private WalletSignatures() {}

    /**
     * Parses hexadecimal digits, the form of Ethereum wallets, or Base64, the form of Bitcoin wallets. The two are
     * distinguished by their length.
     */
    static Bytes parse(String text) throws InvalidSignatureException {
        String trimmed = WhiteSpace.trim(text);
        boolean prefixed = trimmed.startsWith("0x") || trimmed.startsWith("0X");
        try {
            Bytes signature = trimmed.length() == BASE64_LENGTH
                    ? Bytes.copyOf(Base64.getDecoder().decode(trimmed))
                    : Bytes.fromHex(prefixed ? trimmed.substring(2) : trimmed);
            if (signature.length() == LENGTH) {
                return signature;
            }
        } catch (IllegalArgumentException neither) {
            // Reported below.
        }
        throw new InvalidSignatureException("signature: neither " + 2 * LENGTH + " hexadecimal digits nor "
                + BASE64_LENGTH + " characters of Base64, but " + trimmed.length() + " characters of something else");
    }

    /**
     * Returns the address, in the family of {@code claimed}, whose key signed {@code message}, or nothing if no key can
     * have made the signature.
     */
    static Optional<Address> signer(Address claimed, String message, Bytes signature) {
        return claimed.version() == Address.ETHEREUM
                ? ethereumSigner(message, signature)
                : paralismSigner(message, signature);
    }

    /** Signs a text in the way of a wallet of the family of {@code agent}. */
    static Bytes sign(Address agent, String message, WalletKey key) {
        boolean ethereum = agent.version() == Address.ETHEREUM;
        Secp256k1.Signature made = key.sign(digest(agent, message));
        int header = HEADER_BASE + made.recoveryId();
        return ethereum
                ? made.r().concat(made.s()).concat(singleByte(header))
                : singleByte(header + COMPRESSED).concat(made.r()).concat(made.s());
    }

    private static Optional<Address> ethereumSigner(String message, Bytes signature) {
        int v = signature.at(64);
        int recoveryId = v < HEADER_BASE ? v : v - HEADER_BASE;
        if (recoveryId > 1) {
            return Optional.empty();
        }
        return Secp256k1.recover(
                        ethereumDigest(message),
                        new Secp256k1.Signature(signature.slice(0, 32), signature.slice(32, 64), recoveryId))
                .map(Address::ofEthereumKey);
    }

    private static Optional<Address> paralismSigner(String message, Bytes signature) {
        int header = signature.at(0) - HEADER_BASE;
        if (header < 0 || header >= 2 * COMPRESSED) {
            return Optional.empty();
        }
        return Secp256k1.recover(
                        paralismDigest(message),
                        new Secp256k1.Signature(signature.slice(1, 33), signature.slice(33, 65), header & 3))
                .map(key -> (header & COMPRESSED) != 0 ? Secp256k1.compress(key) : key)
                .map(Address::ofParalismKey);
    }

    /** Returns the 32-byte digest that a wallet of the family of {@code agent} signs. */
    static Bytes digest(Address agent, String message) {
        return agent.version() == Address.ETHEREUM ? ethereumDigest(message) : paralismDigest(message);
    }

    private static Bytes ethereumDigest(String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] length = Integer.toString(text.length).getBytes(StandardCharsets.US_ASCII);
        return Bytes.copyOf(Keccak256.hash(ETHEREUM_PREFIX, length, text));
    }

    static Bytes paralismDigest(String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        return Bytes.copyOf(Sha256.hash(Sha256.hash(BITCOIN_PREFIX, compactSize(text.length), text)));
    }

    /**
     * Returns Bitcoin's length prefix: one byte below 253, else a marker and the length, least significant byte first.
     */
    private static byte[] compactSize(int length) {
        if (length < 0xfd) {
            return new byte[] {(byte) length};
        }
        int bytes = length <= 0xffff ? 2 : 4;
        byte[] size = new byte[1 + bytes];
        size[0] = (byte) (bytes == 2 ? 0xfd : 0xfe);
        for (int i = 0; i < bytes; i++) {
            size[1 + i] = (byte) (length >>> (8 * i));
        }
        return size;
    }

    private static Bytes singleByte(int value) {
        return Bytes.copyOf(new byte[] {(byte) value});
    }
}
