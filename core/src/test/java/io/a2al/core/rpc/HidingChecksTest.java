package io.a2al.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.bounds.NetworkAssumptions;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.Guard;
import io.a2al.core.guard.GuardSettings;
import io.a2al.core.liveness.Connectivity;
import io.a2al.core.liveness.ConnectivitySettings;
import io.a2al.core.liveness.FailureDetector;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.liveness.PeerHealthSettings;
import io.a2al.core.testing.SoloNode;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.Timers;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Envelope;
import io.a2al.protocol.message.Header;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is remembered of peers that stored a relayed record is bounded (known-defects D-32). */
class HidingChecksTest {

    private static final int CHECKS = 1024;
    private static final int FINDINGS = 100;
    private static final VerifiedRecord RECORD =
            TestRecords.endpoint(Fixtures.B, "x", 1, VirtualNetwork.START_SECONDS, 3600);

    private final SplittableRandom random = new SplittableRandom(7);
    private final Timers timers = new Timers();
    private final Outbox outbox = new Outbox(new Guard(GuardSettings.DEFAULT, 1, now(0)));
    private final PeerHealth health = new PeerHealth(PeerHealthSettings.DEFAULT, 100);
    private final Requests requests = new Requests(
            NodeSettings.DEFAULT.requests(),
            health,
            new PeerVersions(100),
            new Clockwork(timers, random),
            outbox,
            new RequestPadding(
                    RequestSettings.Padding.DEFAULT,
                    NetworkAssumptions.DEFAULT,
                    new OwnAddressProofs(Duration.ofMinutes(10), 100),
                    100),
            new FailureDetector(PeerHealthSettings.DEFAULT, health, new Connectivity(ConnectivitySettings.DEFAULT, 0)));
    private final HidingChecks checks =
            new HidingChecks(new HidingPeers(FINDINGS), SoloNode.SELF.nodeId(), requests, timers);
    private final Map<Endpoint, Bytes> keys = new HashMap<>();

    private static NodeTime now(long nanos) {
        return new NodeTime(nanos, VirtualNetwork.START_SECONDS);
    }

    private void aPeerStores() {
        Message unused = new Message.FindNode(NodeId.ZERO);
        Bytes key = Fixtures.random(random, 32);
        Endpoint endpoint = VirtualNetwork.publicEndpoint(keys.size() + 1);
        keys.put(endpoint, key);
        Header header = Header.of(unused.type(), TransactionId.generate(random));
        checks.onStored(
                now(0),
                Envelope.of(header, unused, key).senderAt(endpoint),
                RECORD.contentKey().orElseThrow(),
                RECORD);
    }

    private void returnTheRecord(Effect.Send request, NodeTime now) {
        Message answer = new Message.FindValueResponse(
                Optional.of(List.of()), Optional.empty(), Fixtures.observed(), List.of(RECORD.record()));
        Header header = Header.of(answer.type(), request.transactionId());
        Envelope envelope = Envelope.of(header, answer, keys.get(request.to()));
        requests.onResponse(now, new Input.Received(request.to(), envelope, 0, List.of(RECORD)));
    }

    @Test
    void d32_checksAndFindingsAreBounded() {
        for (int i = 0; i < CHECKS + 50; i++) {
            aPeerStores();
        }
        assertThat(checks.statistics())
                .isEqualTo(new HidingStatistics(new Occupancy(0, FINDINGS), new Occupancy(CHECKS, CHECKS)));
        NodeTime later = now(Duration.ofSeconds(151).toNanos());
        timers.fire(later);
        List<Effect.Send> asked = SoloNode.sends(outbox.drain());
        assertThat(asked).hasSize(CHECKS);
        asked.forEach(request -> returnTheRecord(request, later));
        assertThat(checks.statistics())
                .isEqualTo(new HidingStatistics(new Occupancy(FINDINGS, FINDINGS), new Occupancy(0, CHECKS)));
    }
}
