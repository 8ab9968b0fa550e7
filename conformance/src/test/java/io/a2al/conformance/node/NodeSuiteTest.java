package io.a2al.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSuiteTest {

    @Test
    void ourOwnNodePassesAllChecks() throws Exception {
        try (DhtNode node = DhtNode.builder()
                .identity(Identity.generate(new SecureRandom()))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()
                .start()) {
            NodeReport report =
                    NodeSuite.run(Endpoints.toSocketAddress(node.localEndpoint()), ProbeSettings.LOCAL, result -> {});
            assertThat(report.results())
                    .hasSizeGreaterThan(60)
                    .extracting(CheckResult::verdict)
                    .containsOnly(Verdict.PASS);
            assertThat(report.isGood()).isTrue();
        }
    }

    @Test
    void unreachableNodeIsReportedWithoutRunningChecks() throws Exception {
        NodeReport report = NodeSuite.run(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), Faulty.SETTINGS, result -> {});
        assertThat(report).isEqualTo(new NodeReport(false, List.of()));
        assertThat(report.isGood()).isFalse();
    }
}
