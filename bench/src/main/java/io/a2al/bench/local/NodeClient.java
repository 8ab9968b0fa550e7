package io.a2al.bench.local;

import io.a2al.dht.DhtNode;
import io.a2al.dht.result.EndpointRecord;
import io.a2al.dht.result.RpcResult;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;

/** A client in this process, with which a run asks the node that it has started in another one. */
final class NodeClient {

    private NodeClient() {}

    /** Starts a client with a new identity and a port of its own. */
    static DhtNode open(SecureRandom random) throws IOException {
        return DhtNode.builder()
                .identity(Identity.generate(random))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .clientMode()
                .threads(1)
                .build()
                .start();
    }

    /** Returns true if the answer to a FIND_VALUE has the record. */
    static boolean isServed(RpcResult<Optional<EndpointRecord>> answer) {
        return answer instanceof RpcResult.Answered<Optional<EndpointRecord>>(var _, var record, var _)
                && record.isPresent();
    }
}
