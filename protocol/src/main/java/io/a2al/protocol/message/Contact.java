package io.a2al.protocol.message;

import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import java.util.Objects;

/**
 * A node and its endpoint; "NodeInfo" on the wire (wire.md 8.1). A received contact need not be consistent; check
 * {@link #isGenuine()} before using it. Immutable, with value equality; thread-safe.
 *
 * @param address the node's address
 * @param nodeId SHA-256 of the address; in a received contact it may be any other NodeID
 * @param endpoint IP address and port; port 0 for a node that cannot be reached
 */
public record Contact(Address address, NodeId nodeId, Endpoint endpoint) {

    /** Rejects nulls, which no received message can cause. */
    public Contact {
        Objects.requireNonNull(address);
        Objects.requireNonNull(nodeId);
        Objects.requireNonNull(endpoint);
    }

    /** Returns the contact of the node with this address; its NodeID is derived from the address. */
    public static Contact of(Address address, Endpoint endpoint) {
        return new Contact(address, NodeId.ofAddress(address), endpoint);
    }

    /** Returns this contact with another endpoint. */
    public Contact at(Endpoint other) {
        return endpoint.equals(other) ? this : new Contact(address, nodeId, other);
    }

    /** Returns true if this can be a node: a native address, the NodeID of that address, and a dialable endpoint. */
    public boolean isGenuine() {
        return address.isNative() && endpoint.isDialable() && nodeId.equals(NodeId.ofAddress(address));
    }

    /** Returns the length of the encoding, in bytes, without encoding. */
    int encodedLength() {
        int port = endpoint.port();
        int portLength = port < 24 ? 1 : port < 256 ? 2 : 3;
        // The head of the map; then for each field its key, the head of its value, and the value.
        return 1
                + (1 + 1 + Address.LENGTH)
                + (1 + 2 + NodeId.LENGTH)
                + (1 + 1 + endpoint.ipLength())
                + (1 + portLength);
    }

    void write(CborWriter writer) {
        writer.beginMap(4);
        writer.unsigned(1);
        BodyWriter.writeAddress(writer, address);
        writer.unsigned(2);
        BodyWriter.writeNodeId(writer, nodeId);
        writer.unsigned(3);
        endpoint.writeIp(writer);
        writer.unsigned(4);
        writer.unsigned(endpoint.port());
    }

    static Contact read(CborReader reader) throws CborException {
        int start = reader.position();
        int seen = 0;
        int addressAt = 0;
        int nodeIdAt = 0;
        byte[] ip = {};
        int port = 0;
        reader.beginMap();
        for (int key = reader.nextField(); key != CborReader.END; key = reader.nextField()) {
            if (key >= 1 && key <= 4) {
                seen++;
            }
            switch (key) {
                case 1 -> addressAt = reader.bytesOfLength(Address.LENGTH);
                case 2 -> nodeIdAt = reader.bytesOfLength(NodeId.LENGTH);
                case 3 -> {
                    int at = reader.position();
                    ip = reader.bytes().toArray();
                    if (ip.length != 4 && ip.length != 16) {
                        throw new CborException("an IP address has 4 or 16 bytes, not " + ip.length, at);
                    }
                }
                case 4 -> port = (int) reader.unsigned(0xffff);
                default -> reader.skip();
            }
        }
        if (seen != 4) {
            throw new CborException("contact lacks one of the fields 1 to 4", start);
        }
        byte[] input = reader.input();
        return new Contact(Address.read(input, addressAt), NodeId.read(input, nodeIdAt), Endpoint.of(ip, port));
    }
}
