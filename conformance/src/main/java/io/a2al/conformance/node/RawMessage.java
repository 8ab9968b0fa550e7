package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.crypto.Signer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Encodes signed messages that the codec would not encode, such as invalid ones (wire.md sections 4 to 6). */
final class RawMessage {

    private static final Bytes PREFIX = Bytes.copyOf("a2al-msg\0".getBytes(StandardCharsets.US_ASCII));

    private RawMessage() {}

    /**
     * Encodes a message with a valid signature over {@code header} and {@code body}, which are not checked.
     *
     * @param unknownField value of an additional, unknown field of the outer map, if one is wanted
     */
    static Bytes of(Signer signer, Bytes header, Bytes body, Optional<Bytes> unknownField) {
        CborWriter writer = new CborWriter(512);
        writer.beginMap(unknownField.isPresent() ? 5 : 4);
        writer.unsigned(1);
        writer.raw(header);
        writer.unsigned(2);
        writer.raw(body);
        writer.unsigned(3);
        writer.bytes(signer.publicKey());
        writer.unsigned(4);
        writer.bytes(signer.sign(PREFIX.concat(header).concat(body)));
        unknownField.ifPresent(value -> {
            writer.unsigned(5);
            writer.bytes(value);
        });
        return writer.toBytes();
    }

    /** Encodes a header with the given values, which are not checked. */
    static Bytes header(int version, int features, int type, Bytes transaction) {
        return headerWith(4, version, features, type, transaction, writer -> {});
    }

    /** Encodes a header with an additional, unknown field. */
    static Bytes headerWithUnknownField(int type, Bytes transaction) {
        return headerWith(5, 1, 0, type, transaction, writer -> {
            writer.unsigned(9);
            writer.unsigned(1);
        });
    }

    private static Bytes headerWith(
            int fields, int version, int features, int type, Bytes transaction, Consumer<CborWriter> more) {
        CborWriter writer = new CborWriter(64);
        writer.beginMap(fields);
        writer.unsigned(1);
        writer.unsigned(version);
        writer.unsigned(2);
        writer.unsigned(features);
        writer.unsigned(3);
        writer.unsigned(type);
        writer.unsigned(4);
        writer.bytes(transaction);
        more.accept(writer);
        return writer.toBytes();
    }

    /** Encodes a body whose field 1 is a byte string, and which may have an additional, unknown field. */
    static Bytes body(Bytes first, boolean unknownField) {
        CborWriter writer = new CborWriter(64);
        writer.beginMap(unknownField ? 2 : 1);
        writer.unsigned(1);
        writer.bytes(first);
        if (unknownField) {
            writer.unsigned(9);
            writer.unsigned(1);
        }
        return writer.toBytes();
    }
}
