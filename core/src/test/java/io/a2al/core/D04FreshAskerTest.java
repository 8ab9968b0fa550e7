package io.a2al.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Command.Want;
import io.a2al.core.api.Outcome;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.InvalidRecordException;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers to unverified addresses are truncated; lookups from there find everything all the same. */
class D04FreshAskerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final long NOW = VirtualNetwork.START_SECONDS;

    private static Node client(VirtualNetwork network) {
        Node client = network.addMuteClient();
        network.call(
                Outcome.Joined.class,
                client,
                new Command.Bootstrap(List.of(network.nodes().getFirst().endpoint()), TIMEOUT));
        return client;
    }

    private static List<VerifiedRecord> find(VirtualNetwork network, Node asker, NodeId key, int type, Want want) {
        return network.call(Outcome.Records.class, asker, new Command.FindRecords(key, type, want, TIMEOUT))
                .records();
    }

    /** An endpoint record of an agent with an Ethereum address, of some 700 bytes. */
    private static VerifiedRecord delegated(Identity operational) throws InvalidRecordException {
        WalletKey wallet = WalletKey.ofPrivateKey(Fixtures.consecutive(1, 32).toArray());
        Delegation delegation = Delegation.of(operational.publicKey(), wallet.ethereumAddress(), NOW - 100, 0);
        Bytes proof = DelegationProof.sign(wallet, delegation).encode();
        EndpointPayload payload =
                EndpointPayload.of(List.of("quic://198.51.100.1:4121/" + "x".repeat(60), "https://agent.example/a2a"));
        return TestRecords.verify(RecordSigner.delegated(operational.newSigner(), wallet.ethereumAddress(), proof)
                .sign(payload, 1, NOW, 7200));
    }

    @Test
    void d04_aClientResolvesARecordOfSevenHundredBytes() throws Exception {
        VirtualNetwork network = new VirtualNetwork(1);
        List<Node> nodes = network.grow(40);
        VerifiedRecord record = delegated(nodes.get(9).identity());
        assertThat(record.record().encodedLength()).isBetween(650, 750);
        network.call(Outcome.Stored.class, nodes.get(9), new Command.Publish(record.addressId(), record));
        for (int i = 0; i < 10; i++) {
            Node client = client(network);
            assertThat(find(network, client, record.addressId(), RecordType.ENDPOINT, Want.NEWEST))
                    .containsExactly(record);
        }
    }

    @Test
    void d04_aClientCollectsATopicOfThirtyEntries() {
        VirtualNetwork network = new VirtualNetwork(2);
        List<Node> nodes = network.grow(40);
        NodeId key = Topics.keyOf("crowded");
        Set<VerifiedRecord> entries = new HashSet<>();
        List<Long> operations = new ArrayList<>();
        for (Node node : nodes.subList(0, 30)) {
            VerifiedRecord entry = TestRecords.topic(node.identity(), "crowded", 1, NOW, 7200);
            entries.add(entry);
            operations.add(network.submit(node, new Command.Publish(key, entry)));
        }
        operations.forEach(network::await);
        for (int i = 0; i < 5; i++) {
            Node client = client(network);
            assertThat(find(network, client, key, RecordType.TOPIC, Want.ALL)).hasSameElementsAs(entries);
        }
    }

    @Test
    void d04_aClientPublishesAtNodesWhereOthersFindIt() {
        VirtualNetwork network = new VirtualNetwork(3);
        List<Node> nodes = network.grow(60);
        Node client = client(network);
        VerifiedRecord record = TestRecords.endpoint(client.identity(), "home", 1, NOW, 7200);
        Outcome.Stored stored = network.call(Outcome.Stored.class, client, new Command.Publish(client.id(), record));
        assertThat(stored).isEqualTo(new Outcome.Stored(8, 8));
        for (Node asker : nodes) {
            assertThat(find(network, asker, client.id(), RecordType.ENDPOINT, Want.NEWEST))
                    .containsExactly(record);
        }
    }
}
