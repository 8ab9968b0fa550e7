package io.a2al.conformance.node;

import io.a2al.protocol.message.Message;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks a node of any implementation over UDP. The number of datagrams and the time are bounded, and datagrams are
 * sent to the address of the node only. The suite stores some records on the node; they expire within {@value
 * Samples#TTL} seconds.
 */
public final class NodeSuite {

    private NodeSuite() {}

    /**
     * Runs all checks, and blocks until they have finished.
     *
     * @param node the address of the node, which must be resolved
     * @param listener receives each result as soon as it is known, in the calling thread
     * @throws IOException if no datagram can be sent, or the thread is interrupted
     */
    public static NodeReport run(InetSocketAddress node, ProbeSettings settings, Consumer<CheckResult> listener)
            throws IOException {
        return run(node, settings, listener, groups());
    }

    static NodeReport run(
            InetSocketAddress node, ProbeSettings settings, Consumer<CheckResult> listener, List<CheckGroup> groups)
            throws IOException {
        return run(new UdpProbeNetwork(node), settings, listener, groups);
    }

    /** Runs groups of checks over a network, which is closed afterwards. */
    static NodeReport run(
            ProbeNetwork network, ProbeSettings settings, Consumer<CheckResult> listener, List<CheckGroup> groups)
            throws IOException {
        try (Prober prober = new Prober(network, settings)) {
            Findings findings = new Findings(listener);
            if (!responds(prober)) {
                return new NodeReport(false, List.of());
            }
            for (CheckGroup group : groups) {
                findings.beginGroup(group);
                group.run(prober, findings);
            }
            return new NodeReport(true, findings.results());
        }
    }

    /** Returns true if any datagram comes back, valid or not. */
    private static boolean responds(Prober prober) throws IOException {
        ProbePeer peer = prober.newPeer();
        for (int attempt = 0; attempt < prober.settings().attempts(); attempt++) {
            prober.send(peer, new Message.Ping(peer.identity().address()));
            if (prober.await(() -> !peer.arrivals().isEmpty(), prober.settings().timeout())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns all groups of checks, in the order in which they run. Groups that change the node's state come last,
     * those whose peers have to get into the routing table early, as it has few places for one network.
     */
    static List<CheckGroup> groups() {
        return List.of(
                new LivenessChecks(),
                new FindNodeChecks(),
                new MovingChecks(),
                new LearningChecks(),
                new FindValueChecks(),
                new StoreChecks(),
                new AuthorityChecks(),
                new ToleranceChecks(),
                new InvalidDatagramChecks(),
                new ReplayChecks(),
                new NatChecks(),
                new ResponseSizeChecks(),
                new AmplificationChecks(),
                new SubscriptionChecks(),
                new UnverifiedSenderChecks(),
                new IdentityFloodChecks());
    }
}
