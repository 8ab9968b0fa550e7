package io.a2al.conformance.node;

import io.a2al.protocol.message.Message;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks a node of any implementation over UDP. Bounded in count and time; sends to that address only. Leaves a few
 * records behind that expire within minutes.
 */
public final class NodeSuite {

    private NodeSuite() {}

    /**
     * Runs all checks.
     *
     * @param node a resolved address
     * @param listener is told each result as soon as there is one
     * @throws IOException if nothing can be sent from here; also when interrupted
     */
    public static NodeReport run(InetSocketAddress node, ProbeSettings settings, Consumer<CheckResult> listener)
            throws IOException {
        return run(node, settings, listener, groups());
    }

    static NodeReport run(
            InetSocketAddress node, ProbeSettings settings, Consumer<CheckResult> listener, List<CheckGroup> groups)
            throws IOException {
        try (Prober prober = new Prober(node, settings)) {
            Findings findings = new Findings(listener);
            if (!isThere(prober)) {
                return new NodeReport(false, List.of());
            }
            for (CheckGroup group : groups) {
                findings.begin(group);
                group.run(prober, findings);
            }
            return new NodeReport(true, findings.results());
        }
    }

    /** Whether anything at all comes back, be it wrong. */
    private static boolean isThere(Prober prober) throws IOException {
        Member member = prober.stranger();
        for (int attempt = 0; attempt < prober.settings().attempts(); attempt++) {
            prober.send(member, new Message.Ping(member.identity().address()));
            if (prober.await(
                    () -> !member.arrivals().isEmpty(), prober.settings().timeout())) {
                return true;
            }
        }
        return false;
    }

    /** In this order, since some leave traces. */
    static List<CheckGroup> groups() {
        return List.of(
                new LivenessChecks(),
                new FindNodeChecks(),
                new FindValueChecks(),
                new StoreChecks(),
                new AuthorityChecks(),
                new ToleranceChecks(),
                new SilenceChecks(),
                new LearningChecks(),
                new NatChecks(),
                new TrimmingChecks(),
                new AmplificationChecks(),
                new StrangersChecks());
    }
}
