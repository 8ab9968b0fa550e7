package io.a2al.core.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.SignatureVerifier;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordVerifier;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A record that comes again is not verified again; one that differs in any byte is. */
class KnownRecordsTest {

    private static final int MORE_THAN_PLACES = 600;

    private final SignatureVerifier real = Ed25519.preferred().newVerifier();
    private int checked;
    private final KnownRecords records =
            new KnownRecords(new RecordVerifier((publicKey, message, from, to, signature, signatureAt) -> {
                checked++;
                return real.verify(publicKey, message, from, to, signature, signatureAt);
            }));

    private static SignedRecord endpoint(int number) {
        return TestRecords.endpoint(Fixtures.A, "agent-" + number, number, Fixtures.NOW, 3600)
                .record();
    }

    private static SignedRecord withSignature(SignedRecord record, Bytes signature) {
        return SignedRecord.of(
                record.address(),
                record.type(),
                record.payload(),
                record.sequence(),
                record.timestamp(),
                record.ttl(),
                record.publicKey(),
                signature,
                Optional.empty());
    }

    @Test
    void theSameBytesAreVerifiedOnce() throws Exception {
        assertThat(records.verify(endpoint(1)).record()).isEqualTo(endpoint(1));
        assertThat(records.verify(endpoint(1)).record()).isEqualTo(endpoint(1));
        assertThat(checked).isEqualTo(1);
        assertThat(records.verify(endpoint(2)).record()).isEqualTo(endpoint(2));
        assertThat(checked).isEqualTo(2);
    }

    @Test
    void anotherSignatureOfAKnownRecordIsRefusedEachTime() throws Exception {
        records.verify(endpoint(1));
        SignedRecord forged = withSignature(endpoint(1), endpoint(2).signature());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> records.verify(forged)).isInstanceOf(InvalidRecordException.class);
        }
        assertThat(checked).isEqualTo(3);
    }

    @Test
    void recordsDisplaceEachOtherAndStayApart() throws Exception {
        List<SignedRecord> all = IntStream.range(0, MORE_THAN_PLACES)
                .mapToObj(KnownRecordsTest::endpoint)
                .toList();
        for (int round = 0; round < 2; round++) {
            for (SignedRecord each : all) {
                assertThat(records.verify(each).record()).isEqualTo(each);
            }
        }
        assertThat(checked).isGreaterThan(MORE_THAN_PLACES);
    }
}
