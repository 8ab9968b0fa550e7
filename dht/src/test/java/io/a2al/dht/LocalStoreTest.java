package io.a2al.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.PutResult;
import io.a2al.core.api.StoredRecord;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import io.a2al.protocol.record.TopicPayload;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node's own store. */
@Timeout(60)
class LocalStoreTest {

    private static final Identity PUBLISHER = TestNodes.identity("publisher");
    private static final NodeId KEY = PUBLISHER.nodeId();

    private static SignedRecord endpoint(long sequence) throws Exception {
        return RecordSigner.self(PUBLISHER.newSigner())
                .sign(
                        EndpointPayload.of(List.of("quic://203.0.113.7:" + sequence)),
                        sequence,
                        TimeSource.SYSTEM.now().unixSeconds() - 1,
                        600);
    }

    @Test
    void whatIsPutHereStaysHere() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(3)) {
            LocalStore store = nodes.get(0).store();
            SignedRecord record = endpoint(1);

            assertThat(store.put(NodeId.ZERO, record)).isEqualTo(PutResult.STORED);

            assertThat(store.get(KEY, RecordType.ANY))
                    .extracting(VerifiedRecord::record)
                    .containsExactly(record);
            assertThat(store.get(KEY, RecordType.TOPIC)).isEmpty();
            assertThat(store.getEndpoint(KEY))
                    .get()
                    .extracting(EndpointRecord::record)
                    .isEqualTo(record);
            assertThat(store.size()).isEqualTo(1);
            assertThat(store.records()).extracting(StoredRecord::key).containsExactly(KEY);
            assertThat(nodes.get(1)
                            .rpc()
                            .findValue(nodes.socketAddress(0), KEY)
                            .answer()
                            .orElseThrow())
                    .as("others may read it")
                    .isPresent();
            assertThat(nodes.get(1).store().size()).isZero();
            assertThat(nodes.get(2).store().size()).isZero();
        }
    }

    @Test
    void itIsCheckedLikeEverybodyElses() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(1)) {
            LocalStore store = nodes.get(0).store();
            SignedRecord record = endpoint(2);
            assertThat(store.put(KEY, record)).isEqualTo(PutResult.STORED);
            assertThat(store.put(KEY, record)).isEqualTo(PutResult.STALE);
            assertThat(store.put(Topics.keyOf("elsewhere"), record)).isEqualTo(PutResult.KEY_MISMATCH);
            SignedRecord entry = RecordSigner.self(PUBLISHER.newSigner())
                    .sign(TopicPayload.of("topic", "n", List.of(), List.of()), 1, record.timestamp(), 60);
            assertThat(store.put(Topics.keyOf("another topic"), entry)).isEqualTo(PutResult.UNAUTHORIZED);

            byte[] forged = record.encoded().toArray();
            forged[forged.length - 1] ^= 1;
            SignedRecord bad = SignedRecord.decode(Bytes.copyOf(forged));
            assertThatThrownBy(() -> store.put(KEY, bad)).isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void keysAreEmptiedAndTheirNumberChanged() throws Exception {
        try (TestNodes nodes = TestNodes.inMemory(1)) {
            LocalStore store = nodes.get(0).store();
            store.put(KEY, endpoint(1));
            assertThat(store.invalidate(KEY)).isEqualTo(1);
            assertThat(store.invalidate(KEY)).isZero();
            assertThat(store.size()).isZero();
            assertThat(store.put(KEY, endpoint(1))).isEqualTo(PutResult.STORED);
            store.setMaxKeys(1);
            assertThat(nodes.get(0).statistics().store().keys()).hasToString("1 of 1");
        }
    }
}
