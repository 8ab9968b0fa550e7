package io.a2al.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.cbor.CborException;
import io.a2al.protocol.cbor.CborReader;
import io.a2al.protocol.cbor.CborWriter;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.testing.Fixtures;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRecordTest {

    private static final Bytes KEY = Fixtures.A.publicKey();
    private static final Bytes SIGNATURE = Fixtures.consecutive(0x80, 64);
    private static final Bytes PROOF = Fixtures.consecutive(0x10, 30);

    private static SignedRecord record(int type, Optional<Bytes> payload, Optional<Bytes> delegation) {
        return SignedRecord.of(Fixtures.A.address(), type, payload, 7, Fixtures.NOW, 3600, KEY, SIGNATURE, delegation);
    }

    /** The first eight pairs of a record, without the head of the map. */
    private static Bytes eightPairs() {
        Bytes encoded = record(3, Optional.of(Bytes.EMPTY), Optional.empty()).encoded();
        return encoded.slice(1, encoded.length());
    }

    private static Bytes withHead(int pairs, String tail) {
        return Bytes.fromHex(String.format("%02x", 0xa0 | pairs))
                .concat(eightPairs())
                .concat(Bytes.fromHex(tail));
    }

    @Test
    void nullAndEmptyPayloadsStayDifferent() throws CborException {
        SignedRecord none = record(3, Optional.empty(), Optional.empty());
        SignedRecord empty = record(3, Optional.of(Bytes.EMPTY), Optional.empty());
        assertThat(none).isNotEqualTo(empty);
        assertThat(none.encoded().toHex()).contains("03f604");
        assertThat(empty.encoded().toHex()).contains("034004");
        assertThat(SignedRecord.decode(none.encoded()).payload()).isEmpty();
        assertThat(SignedRecord.decode(empty.encoded()).payload()).contains(Bytes.EMPTY);
        assertThat(none.payloadLength()).isZero();
        assertThat(empty.payloadLength()).isZero();
        assertThat(record(3, Optional.of(Bytes.zeros(600)), Optional.empty()).payloadLength())
                .isEqualTo(600);
    }

    @Test
    void anUnknownFieldIsDroppedSoThatTheRecordCanBeForwarded() throws CborException {
        SignedRecord plain = SignedRecord.decode(withHead(8, ""));
        SignedRecord extended = SignedRecord.decode(withHead(9, "0a01"));
        assertThat(extended).isEqualTo(plain).hasSameHashCodeAs(plain);
        assertThat(extended.encoded()).isEqualTo(withHead(8, ""));
        SignedRecord more = SignedRecord.decode(withHead(11, "0942aabb" + "0a81a10102" + "6161f6"));
        assertThat(more.encoded()).isEqualTo(withHead(9, "0942aabb"));
        assertThat(more.delegation()).contains(Bytes.fromHex("aabb"));
        SignedRecord before = SignedRecord.decode(Bytes.fromHex("a90000").concat(eightPairs()));
        assertThat(before.encoded()).isEqualTo(withHead(8, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"09f6", "0940"})
    void anEmptyDelegationCountsAsNone(String field) throws CborException {
        SignedRecord decoded = SignedRecord.decode(withHead(9, field));
        assertThat(decoded.delegation()).isEmpty();
        assertThat(decoded.encoded()).isEqualTo(withHead(8, ""));
        assertThat(record(3, Optional.empty(), Optional.of(Bytes.EMPTY)))
                .isEqualTo(record(3, Optional.empty(), Optional.empty()));
    }

    @Test
    void withoutDelegationIsTheSameRecordWithEightFields() {
        SignedRecord delegated = record(3, Optional.of(Bytes.fromHex("01")), Optional.of(PROOF));
        SignedRecord plain = record(3, Optional.of(Bytes.fromHex("01")), Optional.empty());
        assertThat(delegated.delegation()).contains(PROOF);
        assertThat(delegated.withoutDelegation()).isEqualTo(plain);
        assertThat(plain.withoutDelegation()).isSameAs(plain);
        assertThat(record(3, Optional.empty(), Optional.of(PROOF)).withoutDelegation())
                .isEqualTo(record(3, Optional.empty(), Optional.empty()));
    }

    @Test
    void fieldsAreReadFromTheMiddleOfAMessageToo() throws CborException {
        SignedRecord record = record(0x80, Optional.of(PROOF), Optional.of(PROOF));
        CborWriter writer = new CborWriter(16);
        writer.beginArray(2);
        record.write(writer);
        record.write(writer);
        Bytes list = writer.toBytes();
        CborReader reader = CborReader.of(list);
        reader.beginArray();
        assertThat(SignedRecord.read(reader)).isEqualTo(record);
        SignedRecord second = SignedRecord.read(reader);
        reader.expectEnd();
        assertThat(second.address()).isEqualTo(Fixtures.A.address());
        assertThat(second.type()).isEqualTo(0x80);
        assertThat(second.category()).isEqualTo(RecordCategory.MAILBOX);
        assertThat(second.payload()).contains(PROOF);
        assertThat(second.sequence()).isEqualTo(7);
        assertThat(second.timestamp()).isEqualTo(Fixtures.NOW);
        assertThat(second.ttl()).isEqualTo(3600);
        assertThat(second.publicKey()).isEqualTo(KEY);
        assertThat(second.signature()).isEqualTo(SIGNATURE);
        assertThat(second.delegation()).contains(PROOF);
        assertThat(second.encodedLength()).isEqualTo(second.encoded().length());
    }

    @Test
    void theWholeUnsignedRangesAreKept() throws CborException {
        SignedRecord record = SignedRecord.of(
                Address.of(Bytes.zeros(21)),
                255,
                Optional.empty(),
                -1,
                Long.MIN_VALUE,
                0xffff_ffffL,
                KEY,
                SIGNATURE,
                Optional.empty());
        SignedRecord decoded = SignedRecord.decode(record.encoded());
        assertThat(decoded.sequence()).isEqualTo(-1);
        assertThat(decoded.timestamp()).isEqualTo(Long.MIN_VALUE);
        assertThat(decoded.ttl()).isEqualTo(0xffff_ffffL);
        assertThat(decoded)
                .asString()
                .contains("seq=18446744073709551615")
                .contains("timestamp=9223372036854775808")
                .contains("ttl=4294967295");
    }

    private static void refuses(int type, long ttl, Bytes key, Bytes signature) {
        assertThatThrownBy(() -> SignedRecord.of(
                        Fixtures.A.address(), type, Optional.empty(), 1, 1, ttl, key, signature, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        refuses(-1, 1, KEY, SIGNATURE);
        refuses(256, 1, KEY, SIGNATURE);
        refuses(1, -1, KEY, SIGNATURE);
        refuses(1, 0x1_0000_0000L, KEY, SIGNATURE);
        refuses(1, 1, KEY.slice(0, 31), SIGNATURE);
        refuses(1, 1, KEY, SIGNATURE.concat(Bytes.zeros(1)));
    }

    @Test
    void recordsThatLackAFieldAreRefused() {
        // The same field count, but one of the eight replaced by an unknown one.
        Bytes encoded = withHead(8, "");
        byte[] lacking = encoded.toArray();
        int lastKey = encoded.length() - 67;
        assertThat(lacking[lastKey]).isEqualTo((byte) 8);
        lacking[lastKey] = 9;
        assertThatThrownBy(() -> SignedRecord.decode(Bytes.copyOf(lacking))).isInstanceOf(CborException.class);
        assertThatThrownBy(() -> SignedRecord.decode(Bytes.fromHex("a0"))).isInstanceOf(CborException.class);
        assertThatThrownBy(() -> SignedRecord.decode(Bytes.EMPTY)).isInstanceOf(CborException.class);
    }

    @Test
    void everyTruncationAndAnyTrailingByteIsRefused() {
        Bytes encoded = record(3, Optional.of(PROOF), Optional.of(PROOF)).encoded();
        for (int length = 0; length < encoded.length(); length++) {
            Bytes cut = encoded.slice(0, length);
            assertThatThrownBy(() -> SignedRecord.decode(cut))
                    .as("%s bytes", length)
                    .isInstanceOf(CborException.class);
        }
        assertThatThrownBy(() -> SignedRecord.decode(encoded.concat(Bytes.zeros(1))))
                .isInstanceOf(CborException.class);
    }
}
