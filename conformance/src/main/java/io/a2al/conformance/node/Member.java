package io.a2al.conformance.node;

import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.message.Endpoint;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** One of our identities at a socket of its own, and what came there. Not thread-safe. */
final class Member {

    /** Arrivals that are kept; more than any check looks at. */
    private static final int MAX_ARRIVALS = 1024;

    private final Identity identity;
    private final Signer signer;
    private final DatagramChannel channel;
    private final Endpoint local;
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private boolean answeringPings;
    private int pingsAnswered;
    private long bytesSent;
    private long bytesReceived;

    Member(Identity identity, DatagramChannel channel, Endpoint local) {
        this.identity = identity;
        this.signer = identity.newSigner();
        this.channel = channel;
        this.local = local;
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

    /** The address of the socket as this machine sees it. */
    Endpoint local() {
        return local;
    }

    /** From now on the node's PINGs are answered, so that it can believe where we are. */
    void answerPings() {
        answeringPings = true;
    }

    boolean isAnsweringPings() {
        return answeringPings;
    }

    void pingAnswered() {
        pingsAnswered++;
    }

    int pingsAnswered() {
        return pingsAnswered;
    }

    void arrived(Arrival arrival) {
        bytesReceived += arrival.datagram().length();
        if (arrivals.size() < MAX_ARRIVALS) {
            arrivals.add(arrival);
        }
    }

    void sent(int bytes) {
        bytesSent += bytes;
    }

    /** What came and was not taken yet. */
    Deque<Arrival> arrivals() {
        return arrivals;
    }

    long bytesSent() {
        return bytesSent;
    }

    long bytesReceived() {
        return bytesReceived;
    }
}
