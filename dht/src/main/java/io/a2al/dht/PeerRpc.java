package io.a2al.dht;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.bounds.DatagramLimits;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Requests to one peer (node.md section 6.2), for tools and tests; applications rather use what {@link DhtNode} offers.
 *
 * <pre>{@code
 * node.rpc().withTimeout(Duration.ofSeconds(2)).expecting(nodeId).findNode(peer, target)
 * }</pre>
 *
 * A request is repeated until the timeout. Silence counts against the health of the expected peer, if one is named; an
 * answer proves who is at the address, and puts that contact into the routing table where there is room. The contacts
 * and records in an answer change nothing. The {@code …Async} forms return at once, the plain ones wait; both fail like
 * the operations of {@link DhtNode}. Immutable and thread-safe.
 */
public final class PeerRpc {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private final Operations operations;
    private final Address self;
    private final TimeSource time;
    private final Duration timeout;
    private final Optional<NodeId> expected;

    PeerRpc(Operations operations, Address self, TimeSource time) {
        this(operations, self, time, DEFAULT_TIMEOUT, Optional.empty());
    }

    private PeerRpc(Operations operations, Address self, TimeSource time, Duration timeout, Optional<NodeId> expected) {
        this.operations = operations;
        this.self = self;
        this.time = time;
        this.timeout = timeout;
        this.expected = expected;
    }

    /**
     * The same with another timeout; 5 s at first.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public PeerRpc withTimeout(Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("a timeout is positive, not " + value);
        }
        return new PeerRpc(operations, self, time, value, expected);
    }

    /** The same, but only an answer of this identity counts; at first anybody's does. */
    public PeerRpc expecting(NodeId peer) {
        return new PeerRpc(operations, self, time, timeout, Optional.of(peer));
    }

    /** Asks a peer who it is and how it sees us. */
    public RpcResult<Endpoint> ping(InetSocketAddress peer) throws InterruptedException {
        return Operations.await(pingAsync(peer));
    }

    /** Like {@link #ping}. */
    public CompletableFuture<RpcResult<Endpoint>> pingAsync(InetSocketAddress peer) {
        return ask(peer, new Message.Ping(self), Message.Pong.class, (pong, answered) -> pong.observed());
    }

    /** Asks a peer which nodes near {@code target} it knows; as it tells them. */
    public RpcResult<List<Contact>> findNode(InetSocketAddress peer, NodeId target) throws InterruptedException {
        return Operations.await(findNodeAsync(peer, target));
    }

    /** Like {@link #findNode}. */
    public CompletableFuture<RpcResult<List<Contact>>> findNodeAsync(InetSocketAddress peer, NodeId target) {
        return ask(
                peer,
                new Message.FindNode(target),
                Message.FindNodeResponse.class,
                (response, answered) -> response.nodes());
    }

    /** Asks a peer for the newest endpoint record that it holds at {@code key} and that is verified and valid now. */
    public RpcResult<Optional<EndpointRecord>> findValue(InetSocketAddress peer, NodeId key)
            throws InterruptedException {
        return Operations.await(findValueAsync(peer, key));
    }

    /** Like {@link #findValue}. */
    public CompletableFuture<RpcResult<Optional<EndpointRecord>>> findValueAsync(InetSocketAddress peer, NodeId key) {
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

    /**
     * Asks a peer for its records at {@code key}, and for the nodes near the key that it knows.
     *
     * @param type 0 for records of any type
     */
    public RpcResult<PeerRecords> findValueWithNodes(InetSocketAddress peer, NodeId key, int type)
            throws InterruptedException {
        return Operations.await(findValueWithNodesAsync(peer, key, type));
    }

    /** Like {@link #findValueWithNodes}. */
    public CompletableFuture<RpcResult<PeerRecords>> findValueWithNodesAsync(
            InetSocketAddress peer, NodeId key, int type) {
        return ask(
                peer,
                new Message.FindValue(key, type, false),
                Message.FindValueResponse.class,
                (response, answered) -> new PeerRecords(response.records(), answered.records(), response.nodes()));
    }

    /**
     * Asks a peer to store a record, once; nothing is kept alive.
     *
     * @param key the zero key for the NodeID of the record's address
     * @throws RefusedException if the record is too long to be sent or to be read again
     */
    public RpcResult<StoreAnswer> storeAt(InetSocketAddress peer, NodeId key, SignedRecord record)
            throws InterruptedException {
        return Operations.await(storeAtAsync(peer, key, record));
    }

    /** Like {@link #storeAt}; a record that is too long fails the future. */
    public CompletableFuture<RpcResult<StoreAnswer>> storeAtAsync(
            InetSocketAddress peer, NodeId key, SignedRecord record) {
        Optional<NodeId> wireKey = Optional.of(key).filter(given -> !given.isZero());
        int limit = DatagramLimits.maxRecord(wireKey.isPresent());
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

    /**
     * Asks a peer to send an echo to {@code claimed}, an address of this node, and waits for it: one datagram, no
     * repetition (node.md section 13). Peers refuse unless the claimed address is public and has the IP that they see.
     *
     * @return true if the echo arrived, from wherever
     */
    public boolean probeNat(InetSocketAddress peer, InetSocketAddress claimed) throws InterruptedException {
        return Operations.await(probeNatAsync(peer, claimed));
    }

    /** Like {@link #probeNat}. */
    public CompletableFuture<Boolean> probeNatAsync(InetSocketAddress peer, InetSocketAddress claimed) {
        return operations
                .submit(new Command.ProbeNat(Endpoints.of(peer), Endpoints.of(claimed), timeout))
                .thenApply(outcome -> switch (outcome) {
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

    /** How the value of a result is made of an answer. */
    @FunctionalInterface
    private interface Reading<M, T> {
        T read(M message, Outcome.Answered answered);
    }

    private <M extends Message, T> CompletableFuture<RpcResult<T>> ask(
            InetSocketAddress peer, Message request, Class<M> answer, Reading<M, T> reading) {
        Command ask = new Command.Ask(Endpoints.of(peer), expected, request, timeout);
        Function<Outcome, RpcResult<T>> result = outcome -> switch (outcome) {
            case Outcome.Answered answered ->
                new RpcResult.Answered<>(
                        answered.node(), reading.read(answer.cast(answered.message()), answered), answered.roundTrip());
            case Outcome.NoAnswer() -> new RpcResult.NoAnswer<>();
            case Outcome.OtherIdentity() -> new RpcResult.OtherIdentity<>();
            default -> throw Operations.unexpected(outcome);
        };
        return operations.submit(ask).thenApply(result);
    }
}
