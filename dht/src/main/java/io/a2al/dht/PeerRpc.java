package io.a2al.dht;

import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.RefusedException;
import io.a2al.dht.result.RpcResult;
import io.a2al.dht.result.StoreAnswer;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.SignedRecord;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Requests to one peer (node.md section 6.2), for tools and tests; applications use the operations of {@link DhtNode}.
 *
 * <pre>{@code
 * node.rpc().withTimeout(Duration.ofSeconds(2)).expecting(nodeId).findNode(peer, target)
 * }</pre>
 *
 * <p>A request is retransmitted until the timeout. A timeout counts against the health of the expected peer, if one is
 * named. An answer proves the peer's identity and address, and puts that contact into the routing table if there is
 * room. The contacts and records in an answer change nothing. The {@code …Async} forms return at once, the plain forms
 * wait; both fail like the operations of {@link DhtNode}. Immutable and thread-safe.
 */
public interface PeerRpc {

    /**
     * Returns the same with another timeout; 5 s by default.
     *
     * @throws IllegalArgumentException unless it is positive and at most one day
     */
    PeerRpc withTimeout(Duration timeout);

    /** Returns the same, but only an answer of this identity counts; by default an answer of any identity does. */
    PeerRpc expecting(NodeId peer);

    /** Asks a peer for its identity and for this node's address as the peer sees it. */
    default RpcResult<Endpoint> ping(InetSocketAddress peer) throws InterruptedException {
        return Futures.await(pingAsync(peer));
    }

    /** Like {@link #ping}. */
    CompletableFuture<RpcResult<Endpoint>> pingAsync(InetSocketAddress peer);

    /** Asks a peer for the nodes near {@code target} that it knows, and returns them unchecked. */
    default RpcResult<List<Contact>> findNode(InetSocketAddress peer, NodeId target) throws InterruptedException {
        return Futures.await(findNodeAsync(peer, target));
    }

    /** Like {@link #findNode}. */
    CompletableFuture<RpcResult<List<Contact>>> findNodeAsync(InetSocketAddress peer, NodeId target);

    /** Asks a peer for the newest endpoint record that it holds at {@code key} and that is verified and valid now. */
    default RpcResult<Optional<EndpointRecord>> findValue(InetSocketAddress peer, NodeId key)
            throws InterruptedException {
        return Futures.await(findValueAsync(peer, key));
    }

    /** Like {@link #findValue}. */
    CompletableFuture<RpcResult<Optional<EndpointRecord>>> findValueAsync(InetSocketAddress peer, NodeId key);

    /**
     * Asks a peer for its records at {@code key}, and for the nodes near the key that it knows.
     *
     * @param type the record type, 0 to 255; 0 for any
     */
    default RpcResult<PeerRecords> findValueWithNodes(InetSocketAddress peer, NodeId key, int type)
            throws InterruptedException {
        return Futures.await(findValueWithNodesAsync(peer, key, type));
    }

    /** Like {@link #findValueWithNodes}. */
    CompletableFuture<RpcResult<PeerRecords>> findValueWithNodesAsync(InetSocketAddress peer, NodeId key, int type);

    /**
     * Asks a peer once to store a record; the node does not republish it.
     *
     * @param key the zero key for the NodeID of the record's address
     * @throws RefusedException if the record is too long to be sent or to be read again
     */
    default RpcResult<StoreAnswer> storeAt(InetSocketAddress peer, NodeId key, SignedRecord record)
            throws InterruptedException {
        return Futures.await(storeAtAsync(peer, key, record));
    }

    /** Like {@link #storeAt}; a record that is too long fails the future. */
    CompletableFuture<RpcResult<StoreAnswer>> storeAtAsync(InetSocketAddress peer, NodeId key, SignedRecord record);

    /**
     * Asks a peer to send an echo to {@code claimed}, an address of this node, and waits for it. Sends one datagram and
     * does not retransmit it (node.md section 13). Peers refuse unless the claimed address is public and has the IP
     * that they see.
     *
     * @return true if the echo arrived, from whichever address
     */
    default boolean probeNat(InetSocketAddress peer, InetSocketAddress claimed) throws InterruptedException {
        return Futures.await(probeNatAsync(peer, claimed));
    }

    /** Like {@link #probeNat}. */
    CompletableFuture<Boolean> probeNatAsync(InetSocketAddress peer, InetSocketAddress claimed);
}
