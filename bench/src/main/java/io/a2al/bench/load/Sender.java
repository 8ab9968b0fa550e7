package io.a2al.bench.load;

import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
import java.nio.channels.DatagramChannel;

/** An identity that sends requests, with its own socket, which is connected to the node. Not thread-safe. */
final class Sender {

    private final Identity identity;
    private final Signer signer;
    private final DatagramChannel channel;

    Sender(Identity identity, DatagramChannel channel) {
        this.identity = identity;
        this.signer = identity.newSigner();
        this.channel = channel;
    }

    Identity identity() {
        return identity;
    }

    Signer signer() {
        return signer;
    }

    DatagramChannel channel() {
        return channel;
    }
}
