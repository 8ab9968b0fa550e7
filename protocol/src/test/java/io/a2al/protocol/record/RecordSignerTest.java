package io.a2al.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordSignerTest {

    private final RecordSigner signer = RecordSigner.self(Fixtures.A.newSigner());

    @Test
    void theSpecificationsEndpointRecord() throws Exception {
        // wire.md 18
        SignedRecord record = signer.sign(
                EndpointPayload.of(List.of("quic://203.0.113.7:4121")).withNatType(NatType.FULL_CONE),
                7,
                Fixtures.NOW,
                3600);
        assertThat(record.encoded().toHex())
                .isEqualTo("a80155a056475aa75463474c0285df5dbf2bcab73da651350201"
                        + "03581da2018177717569633a2f2f3230332e302e3131332e373a3431323102010407051a6553f10006190e10"
                        + "07582003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
                        + "0858409834bfd9020c914a0eaad781bcd917802d6f70e8bba1d01c9ea2d49d00018be7"
                        + "71523204edd4cd1ce3d987c5b27ffc551b64c91f579e052fbffa904cc2c98301");
        assertThat(signer.address()).isEqualTo(Fixtures.A.address());
    }

    @Test
    void onlyTheOwnersOfAnAddressOrHoldersOfSomeProofSign() throws Exception {
        assertThatThrownBy(() -> RecordSigner.self(Fixtures.A.newSigner(), Fixtures.B.address()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordSigner.delegated(Fixtures.A.newSigner(), Fixtures.B.address(), Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
        SignedRecord record = RecordSigner.delegated(Fixtures.A.newSigner(), Fixtures.B.address(), Bytes.fromHex("a0"))
                .sign(3, Bytes.EMPTY, 1, Fixtures.NOW, 60);
        assertThat(record.address()).isEqualTo(Fixtures.B.address());
        assertThat(record.publicKey()).isEqualTo(Fixtures.A.publicKey());
        assertThat(record.delegation()).contains(Bytes.fromHex("a0"));
    }

    @Test
    void onlySupportedTypesAreSignedWithAnOpaquePayload() {
        for (int type = -1; type <= 256; type++) {
            int tried = type;
            boolean supported = (type >= 0x02 && type <= 0x1f) || (type >= 0x80 && type <= 0x8f);
            if (supported) {
                assertThat(signer.sign(type, Bytes.EMPTY, 1, 1, 1).type()).isEqualTo(type);
            } else {
                assertThatThrownBy(() -> signer.sign(tried, Bytes.EMPTY, 1, 1, 1))
                        .as("type %s", type)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void aRecordLivesForAtLeastASecondAndAtMostItsRange() {
        assertThatThrownBy(() -> signer.sign(3, Bytes.EMPTY, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> signer.sign(3, Bytes.EMPTY, 1, 1, 1L << 32))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(signer.sign(3, Bytes.EMPTY, 1, 1, 1).ttl()).isEqualTo(1);
    }

    @Test
    void everyPayloadIsSignedUnderItsType() throws Exception {
        AgentProfilePayload profile = AgentProfilePayload.of("Babel", List.of("mcp"), List.of());
        SignedRecord record = signer.sign(profile, 1, Fixtures.NOW, 60);
        assertThat(record.type()).isEqualTo(RecordType.AGENT_PROFILE);
        assertThat(record.payload()).contains(profile.encode());
        assertThat(EndpointPayload.of(List.of()).recordType()).isEqualTo(RecordType.ENDPOINT);
        assertThat(TopicPayload.of("t", "", List.of(), List.of()).recordType()).isEqualTo(RecordType.TOPIC);
    }

    @Test
    void theLengthOfARecordIsKnownBeforehand() {
        RecordSigner delegated = RecordSigner.delegated(Fixtures.A.newSigner(), Fixtures.B.address(), Bytes.zeros(175));
        for (RecordSigner each : List.of(signer, delegated)) {
            for (int length : new int[] {0, 23, 24, 255, 256, 700}) {
                for (long number : new long[] {1, 24, Fixtures.NOW, Fixtures.NOW * 1_000_000_000}) {
                    SignedRecord record = each.sign(0x80, Bytes.zeros(length), number, Fixtures.NOW, 3_600);
                    assertThat(each.encodedLength(0x80, length, number, Fixtures.NOW, 3_600))
                            .isEqualTo(record.encodedLength());
                }
            }
        }
    }

    @Test
    void payloadsBeyondTheirLimitsAreNotSigned() {
        EndpointPayload endpoint = new EndpointPayload(Optional.empty(), 5, "", List.of(), List.of());
        assertThatThrownBy(() -> signer.sign(endpoint, 1, 1, 1)).isInstanceOf(InvalidRecordException.class);
        TopicPayload topic = TopicPayload.of("", "name", List.of(), List.of());
        assertThatThrownBy(() -> signer.sign(topic, 1, 1, 1)).isInstanceOf(InvalidRecordException.class);
    }
}
