package io.a2al.bench.micro.cases;

import io.a2al.bench.sample.SampleNode;
import io.a2al.bench.sample.SampleNode.Peer;
import io.a2al.bench.sample.Samples;
import io.a2al.core.NodeSettings;
import io.a2al.core.api.Effect;
import io.a2al.core.api.Input;
import io.a2al.core.store.StoreLimits;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Handling of one request from a known peer by the core, from the verified message to the effects. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class CoreBenchmark {

    private static final int INPUTS = 16_384;
    private static final int MAX_KEYS = INPUTS / 2;
    private static final int PEERS = 64;

    /** The kinds of requests. */
    public enum Request {
        /** A PING. */
        PING,
        /** A FIND_NODE for a random target. */
        FIND_NODE,
        /** A FIND_VALUE for one endpoint record. */
        FIND_VALUE,
        /** A FIND_VALUE for a topic with 20 entries. */
        TOPIC_20,
        /** A FIND_VALUE for a topic with 100 entries. */
        TOPIC_100,
        /** A STORE of a new record while the store is full. */
        STORE
    }

    /** The kind of request to handle. */
    @Param
    public Request request = Request.PING;

    private final List<Input> inputs = new ArrayList<>(INPUTS);
    private final Samples samples = new Samples(1);
    private final SampleNode node =
            new SampleNode(NodeSettings.DEFAULT.withStore(StoreLimits.DEFAULT.withMaxKeys(MAX_KEYS)), samples);
    private int next;

    /** Stores the requested records and creates the requests. */
    @Setup
    public void setUp() {
        List<Peer> peers = node.introduce(PEERS);
        NodeId topic = Topics.keyOf(Samples.TOPIC);
        int entries = request == Request.TOPIC_20 ? 20 : request == Request.TOPIC_100 ? 100 : 0;
        for (int i = 0; i < entries; i++) {
            VerifiedRecord entry = samples.verified(Samples.topicEntry(samples.identity()));
            Message store = new Message.Store(entry.record(), Optional.of(topic));
            var _ = node.core().handle(SampleNode.NOW, node.received(peers.getFirst(), store, List.of(entry)));
        }
        for (Peer peer : peers) {
            VerifiedRecord record = samples.verified(Samples.endpointRecord(peer.identity()));
            var _ = node.core().handle(SampleNode.NOW, storeOf(peer, record));
        }
        for (int i = 0; i < INPUTS; i++) {
            Peer peer = peers.get(i % PEERS);
            inputs.add(
                    switch (request) {
                        case PING ->
                            node.received(peer, new Message.Ping(peer.identity().address()), List.of());
                        case FIND_NODE -> node.received(peer, new Message.FindNode(samples.nodeId()), List.of());
                        case FIND_VALUE ->
                            node.received(
                                    peer,
                                    new Message.FindValue(peer.identity().nodeId(), RecordType.ENDPOINT, false),
                                    List.of());
                        case TOPIC_20, TOPIC_100 ->
                            node.received(peer, new Message.FindValue(topic, RecordType.TOPIC, false), List.of());
                        case STORE -> storeOf(peer, samples.verified(Samples.endpointRecord(samples.identity())));
                    });
        }
    }

    private Input storeOf(Peer peer, VerifiedRecord record) {
        return node.received(peer, new Message.Store(record.record(), Optional.empty()), List.of(record));
    }

    /** Handles one request. */
    @Benchmark
    public List<Effect> handle() {
        next = (next + 1) % INPUTS;
        return node.core().handle(SampleNode.NOW, inputs.get(next));
    }
}
