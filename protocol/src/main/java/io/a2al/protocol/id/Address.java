package io.a2al.protocol.id;

import io.a2al.protocol.Bytes;
import java.util.Arrays;

/**
 * An A2AL address (AID): one version octet and 20 octets that identify a key (wire.md 1.1). A node always has a native
 * address; agents may have addresses of other families. Immutable and thread-safe.
 */
public final class Address {

    /** Length of an address in octets. */
    public static final int LENGTH = 21;

    /** Version octet of native (Ed25519) addresses, the only ones that a node can have. */
    public static final int NATIVE = 0xA0;

    /** Version octet of Paralism addresses. */
    public static final int PARALISM = 0xA2;

    /** Version octet of Ethereum addresses. */
    public static final int ETHEREUM = 0xA3;

    private static final int PAYLOAD_LENGTH = LENGTH - 1;

    private final byte[] octets;

    private Address(byte[] octets) {
        this.octets = octets;
    }

    /** Reads 21 octets, the first one at {@code offset}; any version octet is taken. */
    public static Address read(byte[] octets, int offset) {
        return new Address(Arrays.copyOfRange(octets, offset, offset + LENGTH));
    }

    /**
     * The address with these 21 octets, of any version.
     *
     * @throws InvalidAddressException if there are not exactly 21
     */
    public static Address of(Bytes octets) {
        if (octets.length() != LENGTH) {
            throw new InvalidAddressException(
                    InvalidAddressException.Field.LENGTH,
                    "an address has " + LENGTH + " octets, not " + octets.length());
        }
        return new Address(octets.toArray());
    }

    static Address of(int version, Bytes payload) {
        byte[] octets = new byte[LENGTH];
        octets[0] = (byte) version;
        payload.copyTo(octets, 1);
        return new Address(octets);
    }

    /**
     * The Ethereum address of a secp256k1 key: the last 20 octets of the Keccak-256 of its coordinates.
     *
     * @param publicKey 65 octets: 4, X, Y
     */
    public static Address ofEthereumKey(Bytes publicKey) {
        byte[] hash = Keccak256.hash(publicKey.slice(1, publicKey.length()).toArray());
        return of(ETHEREUM, Bytes.copyOfRange(hash, hash.length - PAYLOAD_LENGTH, hash.length));
    }

    /**
     * The Paralism address of a secp256k1 key: HASH160 of its encoding.
     *
     * @param publicKey 33 octets, or 65 for keys whose owner never compressed them
     */
    public static Address ofParalismKey(Bytes publicKey) {
        return of(PARALISM, Bytes.copyOf(Hash160.hash(publicKey.toArray())));
    }

    /** The native address of a 32-byte Ed25519 public key: 0xA0 and the first 20 octets of the key's SHA-256. */
    public static Address ofPublicKey(Bytes publicKey) {
        byte[] octets = new byte[LENGTH];
        octets[0] = (byte) NATIVE;
        System.arraycopy(Sha256.hash(publicKey.toArray()), 0, octets, 1, LENGTH - 1);
        return new Address(octets);
    }

    /**
     * Reads the text form of an address (wire.md 1.4).
     *
     * @throws InvalidAddressException if it is not one; the message says why
     */
    public static Address parse(String text) {
        return AddressFormat.parse(text);
    }

    /** The version octet, 0 to 255. */
    public int version() {
        return octets[0] & 0xff;
    }

    /** True for addresses that a node can have. */
    public boolean isNative() {
        return version() == NATIVE;
    }

    /** The octet at {@code index} as a number from 0 to 255. */
    public int at(int index) {
        return octets[index] & 0xff;
    }

    /** Writes the 21 octets into {@code target}, the first one at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, LENGTH);
    }

    /** A fresh array with the 21 octets. */
    public byte[] toArray() {
        return octets.clone();
    }

    /** The 21 octets as a byte string. */
    public Bytes toBytes() {
        return Bytes.copyOf(octets);
    }

    /** 42 lowercase hexadecimal digits, whatever the version; not the display form. */
    public String toHex() {
        return toBytes().toHex();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** The display form (wire.md 1.4). */
    @Override
    public String toString() {
        return AddressFormat.format(this);
    }
}
