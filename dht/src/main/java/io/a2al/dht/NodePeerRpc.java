package io.a2al.dht;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.RpcResult;
import io.a2al.dht.result.StoreAnswer;
import io.a2al.dht.shell.Operations;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Requests of a node's core to one peer. Immutable and thread-safe. */
final class NodePeerRpc implements PeerRpc {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private final Operations operations;
    private final Address self;
    private final TimeSource time;
    private final Duration timeout;
    private final Optional<NodeId> expected;

    NodePeerRpc(Operations operations, Address self, TimeSource time) {
        this(operations, self, time, DEFAULT_TIMEOUT, Optional.empty());
    }

    private NodePeerRpc(
            Operations operations, Address self, TimeSource time, Duration timeout, Optional<NodeId> expected) {
        this.operations = operations;
        this.self = self;
        this.time = time;
        this.timeout = timeout;
        this.expected = expected;
    }

    @Override
    public PeerRpc withTimeout(Duration value) {
        return new NodePeerRpc(operations, self, time, Arguments.timeout(value), expected);
    }

    @Override
    public PeerRpc expecting(NodeId peer) {
        Objects.requireNonNull(peer, "peer");
        return new NodePeerRpc(operations, self, time, timeout, Optional.of(peer));
    }

    @Override
    public CompletableFuture<RpcResult<Endpoint>> pingAsync(InetSocketAddress peer) {
        return ask(peer, new Message.Ping(self), Message.Pong.class, (pong, answered) -> pong.observed());
    }

    @Override
    public CompletableFuture<RpcResult<List<Contact>>> findNodeAsync(InetSocketAddress peer, NodeId target) {
        Objects.requireNonNull(target, "target");
        return ask(
                peer,
                new Message.FindNode(target),
                Message.FindNodeResponse.class,
                (response, answered) -> response.nodes());
    }

    @Override
    public CompletableFuture<RpcResult<Optional<EndpointRecord>>> findValueAsync(InetSocketAddress peer, NodeId key) {
        Objects.requireNonNull(key, "key");
        long now = time.now().unixSeconds();
        return ask(
                peer,
                new Message.FindValue(key, RecordType.ENDPOINT, false),
                Message.FindValueResponse.class,
                (response, answered) -> answered.records().stream()
                        .filter(record -> record.record().type() == RecordType.ENDPOINT)
                        .filter(record -> record.isValidAt(now))
                        .max(RecordOrder.BY_AGE)
                        .map(EndpointRecord::of));
    }

    @Override
    public CompletableFuture<RpcResult<PeerRecords>> findValueWithNodesAsync(
            InetSocketAddress peer, NodeId key, int type) {
        Objects.requireNonNull(key, "key");
        return ask(
                peer,
                new Message.FindValue(key, Arguments.recordType(type), false),
                Message.FindValueResponse.class,
                (response, answered) -> new PeerRecords(response.records(), answered.records(), response.nodes()));
    }

    @Override
    public CompletableFuture<RpcResult<StoreAnswer>> storeAtAsync(
            InetSocketAddress peer, NodeId key, SignedRecord record) {
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(record, "record");
        Optional<NodeId> wireKey = Optional.of(key).filter(given -> !given.isZero());
        int limit = Message.Store.maxRecord(wireKey.isPresent());
        if (record.encodedLength() > limit) {
            return CompletableFuture.failedFuture(
                    new RefusedException("the record has " + record.encodedLength() + " bytes, the limit is " + limit));
        }
        return ask(
                peer,
                new Message.Store(record, wireKey),
                Message.StoreResponse.class,
                (response, answered) ->
                        new StoreAnswer(response.stored(), response.alreadyHad(), reason(response.reason())));
    }

    @Override
    public CompletableFuture<Boolean> probeNatAsync(InetSocketAddress peer, InetSocketAddress claimed) {
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(claimed, "claimed");
        Command probe = new Command.ProbeNat(Endpoints.of(peer), Endpoints.of(claimed), timeout);
        return Futures.derive(operations.submit(probe), outcome -> switch (outcome) {
            case Outcome.Probed(boolean reached) -> reached;
            default -> throw Operations.unexpected(outcome);
        });
    }

    private static StoreAnswer.Reason reason(int number) {
        return switch (number) {
            case 0 -> StoreAnswer.Reason.NONE;
            case Message.StoreResponse.REASON_POLICY -> StoreAnswer.Reason.POLICY;
            case Message.StoreResponse.REASON_INVALID -> StoreAnswer.Reason.INVALID;
            default -> StoreAnswer.Reason.OTHER;
        };
    }

    /** Reads the value of a result from an answer. */
    @FunctionalInterface
    private interface Reading<M, T> {
        T read(M message, Outcome.Answered answered);
    }

    private <M extends Message, T> CompletableFuture<RpcResult<T>> ask(
            InetSocketAddress peer, Message request, Class<M> answer, Reading<M, T> reading) {
        Objects.requireNonNull(peer, "peer");
        Command ask = new Command.Ask(Endpoints.of(peer), expected, request, timeout);
        Function<Outcome, RpcResult<T>> result = outcome -> switch (outcome) {
            case Outcome.Answered answered ->
                new RpcResult.Answered<>(
                        answered.node(), reading.read(answer.cast(answered.message()), answered), answered.roundTrip());
            case Outcome.NoAnswer() -> new RpcResult.NoAnswer<>();
            case Outcome.OtherIdentity() -> new RpcResult.OtherIdentity<>();
            default -> throw Operations.unexpected(outcome);
        };
        return Futures.derive(operations.submit(ask), result);
    }
}
