package io.a2al.conformance.node;

import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.Signer;
import io.a2al.protocol.message.Endpoint;
import java.util.ArrayDeque;
import java.util.Deque;

/** An identity of the suite with a socket of its own, and the datagrams received there. Not thread-safe. */
final class ProbePeer {

    /** Maximum number of arrivals kept; more than any check reads. Further datagrams are only counted in bytes. */
    private static final int MAX_ARRIVALS = 1024;

    private final Identity identity;
    private final Signer signer;
    private final ProbeNetwork.Socket socket;
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private boolean answeringPings;
    private int pingsAnswered;
    private long bytesSent;
    private long bytesReceived;
    private long answerBytesReceived;

    ProbePeer(Identity identity, ProbeNetwork.Socket socket) {
        this.identity = identity;
        this.signer = identity.newSigner();
        this.socket = socket;
    }

    /** Returns another identity at the same socket. It can only send; answers arrive at this peer. */
    ProbePeer as(Identity other) {
        return new ProbePeer(other, socket);
    }

    Identity identity() {
        return identity;
    }

    Signer signer() {
        return signer;
    }

    ProbeNetwork.Socket socket() {
        return socket;
    }

    /** Returns the local address of the socket. Behind a NAT, the node sees another one. */
    Endpoint local() {
        return socket.local();
    }

    /** Lets this peer answer the node's PINGs from now on, so that the node can verify its address. */
    void answerPings() {
        answeringPings = true;
    }

    /** Lets this peer answer no PING from now on, as if it were gone. */
    void ignorePings() {
        answeringPings = false;
    }

    boolean isAnsweringPings() {
        return answeringPings;
    }

    /** Counts an answered PING. */
    void pingAnswered() {
        pingsAnswered++;
    }

    int pingsAnswered() {
        return pingsAnswered;
    }

    /** Adds a received datagram. */
    void arrived(Arrival arrival) {
        bytesReceived += arrival.datagram().length();
        if (arrival.isAnswer()) {
            answerBytesReceived += arrival.datagram().length();
        }
        if (arrivals.size() < MAX_ARRIVALS) {
            arrivals.add(arrival);
        }
    }

    /** Counts the bytes of a sent datagram. */
    void sent(int bytes) {
        bytesSent += bytes;
    }

    /** Returns the received datagrams that no check has taken yet, oldest first. */
    Deque<Arrival> arrivals() {
        return arrivals;
    }

    long bytesSent() {
        return bytesSent;
    }

    long bytesReceived() {
        return bytesReceived;
    }

    /** Returns the bytes of answers among those received; the others are requests of the node's own. */
    long answerBytesReceived() {
        return answerBytesReceived;
    }
}
