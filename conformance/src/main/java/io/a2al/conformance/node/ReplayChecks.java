package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.TransactionId;
import java.io.IOException;
import java.util.Locale;

/**
 * Checks that what is verified is a node at its address: neither its requests elsewhere nor other identities there
 * (known-defects D-01, D-04). A request is signed, but says nothing of its receiver, so each node that got one can send
 * it on.
 */
final class ReplayChecks implements CheckGroup {

    /** Amplification limit: bytes sent per byte received. */
    private static final double LIMIT = 3;

    /** Number of requests of the other identity; many beside those of the peer itself. */
    private static final int REQUESTS = 30;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        ProbePeer peer = prober.introducedPeer();
        findings.add(
                "a request is sent on from another port",
                "not answered there",
                prober.isOnLoopback() ? Observation.skippedOnLoopback() : sentOn(prober, peer));
        findings.add(
                "another identity at a verified address",
                "at most three times the bytes received",
                otherIdentity(prober));
    }

    private static Observation sentOn(Prober prober, ProbePeer peer) throws IOException {
        TransactionId transaction = TransactionId.generate(prober.random());
        Bytes request = prober.encode(
                peer, transaction, new Message.FindNode(peer.identity().nodeId()));
        if (prober.ask(peer, request, transaction).isEmpty()) {
            return Observation.fail("the request itself was not answered");
        }
        ProbePeer elsewhere = prober.newPeer();
        prober.send(elsewhere, request);
        boolean answered = prober.take(
                        elsewhere,
                        prober.settings().listenTime(),
                        arrival ->
                                arrival.message(Message.FindNodeResponse.class).isPresent())
                .isPresent();
        return answered ? Observation.knownDefect("answered", "D-01") : Observation.pass("not answered");
    }

    /**
     * Counts all that was sent from the address, as nodes do, and the answers since the other identity began. What the
     * node asks its verified contact at that address for reasons of its own is no answer.
     */
    private static Observation otherIdentity(Prober prober) throws IOException {
        ProbePeer publisher = prober.introducedPeer();
        Identity agent = Identity.generate(prober.random());
        RecordRequests.store(prober, publisher, Samples.endpoint(agent, 1, prober.now()));
        RecordRequests.store(prober, publisher, Samples.profile(agent, prober.now()));
        ProbePeer peer = prober.verifiedPeer();
        // Answers arrive at the socket of the peer, which must not send anything itself.
        peer.ignorePings();
        ProbePeer other = peer.as(Identity.generate(prober.random()));
        long before = peer.answerBytesReceived();
        for (int i = 0; i < REQUESTS; i++) {
            prober.send(other, new Message.FindValue(agent.nodeId(), 0, false));
        }
        prober.listen();
        long sent = peer.bytesSent() + other.bytesSent();
        long answered = peer.answerBytesReceived() - before;
        double factor = (double) answered / sent;
        String text = String.format(Locale.ROOT, "%.1f times, %d bytes for %d", factor, answered, sent);
        return factor > LIMIT ? Observation.knownDefect(text, "D-04") : Observation.of(factor > 0, text);
    }
}
