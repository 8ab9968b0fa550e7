package io.a2al.protocol.id;

import io.a2al.protocol.Bytes;
import java.util.Arrays;

/**
 * An A2AL address (AID): one version byte and 20 bytes that identify a key (wire.md 1.1). A node always has a native
 * address; an agent may have an address of another family. Immutable, with value equality; thread-safe.
 */
public final class Address implements Comparable<Address> {

    /** Length of an address, in bytes. */
    public static final int LENGTH = 21;

    /** Version byte of native (Ed25519) addresses, the only family that a node can have. */
    public static final int NATIVE = 0xA0;

    /** Version byte of Paralism addresses. */
    public static final int PARALISM = 0xA2;

    /** Version byte of Ethereum addresses. */
    public static final int ETHEREUM = 0xA3;

    private static final int PAYLOAD_LENGTH = LENGTH - 1;

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the address in the 21 bytes from {@code offset} on; any version byte is accepted. */
    public static Address read(byte[] bytes, int offset) {
        return new Address(Arrays.copyOfRange(bytes, offset, offset + LENGTH));
    }

    /**
     * Returns the address with these 21 bytes, of any version.
     *
     * @throws InvalidAddressException if there are not exactly 21
     */
    public static Address of(Bytes bytes) {
        if (bytes.length() != LENGTH) {
            throw new InvalidAddressException(
                    InvalidAddressException.Field.LENGTH, "an address has " + LENGTH + " bytes, not " + bytes.length());
        }
        return new Address(bytes.toArray());
    }

    static Address of(int version, Bytes payload) {
        byte[] bytes = new byte[LENGTH];
        bytes[0] = (byte) version;
        payload.copyTo(bytes, 1);
        return new Address(bytes);
    }

    /**
     * Returns the Ethereum address of a secp256k1 key: the last 20 bytes of the Keccak-256 of its coordinates.
     *
     * @param publicKey 65 bytes: the number 4, X, Y
     */
    public static Address ofEthereumKey(Bytes publicKey) {
        byte[] hash = Keccak256.hash(publicKey.slice(1, publicKey.length()).toArray());
        return of(ETHEREUM, Bytes.copyOfRange(hash, hash.length - PAYLOAD_LENGTH, hash.length));
    }

    /**
     * Returns the Paralism address of a secp256k1 key: the HASH160 of its encoding.
     *
     * @param publicKey the encoding that the owner uses: 33 bytes if compressed, else 65
     */
    public static Address ofParalismKey(Bytes publicKey) {
        return of(PARALISM, Bytes.copyOf(Hash160.hash(publicKey.toArray())));
    }

    /** Returns the native address of a 32-byte Ed25519 public key: 0xA0 and the first 20 bytes of the key's SHA-256. */
    public static Address ofPublicKey(Bytes publicKey) {
        return ofKeyDigest(Sha256.hash(publicKey.toArray()));
    }

    /** Returns the native address of the key that has this SHA-256. */
    public static Address ofKeyDigest(byte[] digest) {
        byte[] bytes = new byte[LENGTH];
        bytes[0] = (byte) NATIVE;
        System.arraycopy(digest, 0, bytes, 1, LENGTH - 1);
        return new Address(bytes);
    }

    /**
     * Parses the text form of an address (wire.md 1.4).
     *
     * @throws InvalidAddressException if the text is not an address; the message says why
     */
    public static Address parse(String text) {
        return AddressFormat.parse(text);
    }

    /** Returns the version byte, 0 to 255. */
    public int version() {
        return bytes[0] & 0xff;
    }

    /** Returns true if the address is of the native family, which a node's address has to be. */
    public boolean isNative() {
        return version() == NATIVE;
    }

    /** Returns the byte at {@code index} as a number from 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /** Writes the 21 bytes into {@code target}, the first one at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, LENGTH);
    }

    /** Returns a new array with the 21 bytes. */
    public byte[] toArray() {
        return bytes.clone();
    }

    /** Returns the 21 bytes as a byte string. */
    public Bytes toBytes() {
        return Bytes.copyOf(bytes);
    }

    /** Returns 42 lowercase hexadecimal digits, whatever the version. This is not the display form. */
    public String toHex() {
        return toBytes().toHex();
    }

    /** Orders by the bytes, so that hash tables find one of many with the same hash quickly. */
    @Override
    public int compareTo(Address other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns the display form (wire.md 1.4). */
    @Override
    public String toString() {
        return AddressFormat.format(this);
    }
}
