package io.a2al.conformance.node;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import java.io.IOException;
import java.util.Locale;

/**
 * Checks the amplification limit: how many bytes the node sends to an unverified address for each byte received from it
 * (known-defects D-04).
 */
final class AmplificationChecks implements CheckGroup {

    /** Number of requests from one unverified address. */
    private static final int REQUESTS = 5;

    /** Amplification limit: bytes sent per byte received. */
    private static final double LIMIT = 3;

    /** Amplification factor of D-04: the size of the longest datagram divided by that of the shortest FIND_NODE. */
    private static final double LIMIT_WITH_DEFECT = 7.1;

    private static final String EXPECTED = "at most three times the bytes received";

    @Override
    public String name() {
        return "amplification";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        // Contacts and records make the answers large.
        ProbePeer peer = prober.introducedPeer();
        NodeId key = peer.identity().nodeId();
        RecordRequests.store(prober, peer, Samples.endpoint(peer.identity(), 1, prober.now()));
        RecordRequests.store(prober, peer, Samples.profile(peer.identity(), prober.now()));
        findings.add("FIND_NODE from an unverified address", EXPECTED, flood(prober, new Message.FindNode(key)));
        findings.add(
                "FIND_VALUE from an unverified address", EXPECTED, flood(prober, new Message.FindValue(key, 0, false)));
        ProbePeer pinging = prober.newPeer();
        findings.add(
                "one PING from an unverified address",
                EXPECTED,
                flood(prober, pinging, new Message.Ping(pinging.identity().address()), 1));
    }

    private static Observation flood(Prober prober, Message request) throws IOException {
        return flood(prober, prober.newPeer(), request, REQUESTS);
    }

    private static Observation flood(Prober prober, ProbePeer unverified, Message request, int times)
            throws IOException {
        for (int i = 0; i < times; i++) {
            prober.send(unverified, request);
        }
        prober.listen();
        double factor = (double) unverified.bytesReceived() / unverified.bytesSent();
        String text = String.format(
                Locale.ROOT, "%.1f times, %d bytes for %d", factor, unverified.bytesReceived(), unverified.bytesSent());
        if (factor <= LIMIT) {
            return Observation.of(factor > 0, text);
        }
        return factor <= LIMIT_WITH_DEFECT ? Observation.knownDefect(text, "D-04") : Observation.fail(text);
    }
}
