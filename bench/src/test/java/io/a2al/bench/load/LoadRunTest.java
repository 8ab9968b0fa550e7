package io.a2al.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.StoredRecord;
import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the load generator with a real node. No assertion depends on the speed of either. */
@Timeout(60)
class LoadRunTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private DhtNode node;

    @BeforeEach
    void startNode() throws IOException {
        node = DhtNode.builder()
                .identity(Identity.generate(new SecureRandom()))
                .listen(new InetSocketAddress(LOOPBACK, 0))
                .threads(1)
                .build()
                .start();
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    private static LoadSettings settings(LoadMode mode, int topicRecords, int fill, boolean proven, OptionalLong pid) {
        return new LoadSettings(mode, topicRecords, fill, 4, 8, 0, Duration.ofMillis(50), Duration.ZERO, proven, pid);
    }

    private LoadReport run(LoadSettings settings) throws IOException {
        return LoadRun.run(Endpoints.toSocketAddress(node.localEndpoint()), settings);
    }

    @ParameterizedTest
    @EnumSource(LoadMode.class)
    void everyModeIsAnsweredAsExpected(LoadMode mode) throws IOException {
        LoadReport report = run(settings(
                mode, 3, 0, true, OptionalLong.of(ProcessHandle.current().pid())));
        assertThat(report.answered()).isPositive();
        assertThat(report.wrong()).isZero();
        assertThat(report.invalid()).isZero();
        assertThat(report.checked()).isEqualTo(report.answered() / 200);
        assertThat(report.replyBytes()).isGreaterThanOrEqualTo(134 * report.answered());
        assertThat(report.p50()).isPositive().isLessThanOrEqualTo(report.p999());
        assertThat(report.elapsed()).isPositive();
        assertThat(report.serverCpu()).isPresent();
    }

    @Test
    void sendersThatAnswerPingsBecomeContacts() throws IOException {
        LoadReport report = run(settings(LoadMode.FIND_VALUE, 1, 0, true, OptionalLong.empty()));
        assertThat(report.answered()).isPositive();
        assertThat(node.statistics().table().contacts().used()).isPositive();
    }

    @Test
    void sendersThatDoNotAnswerPingsDoNotBecomeContacts() throws IOException {
        run(settings(LoadMode.PING, 1, 0, false, OptionalLong.empty()));
        assertThat(node.statistics().table().contacts().used()).isZero();
    }

    @Test
    void storeIsFilledBeforeTheMeasurement() throws IOException {
        LoadReport report = run(settings(LoadMode.FIND_VALUE, 1, 30, true, OptionalLong.empty()));
        assertThat(node.statistics().store().records().used()).isEqualTo(34);
        assertThat(report.averageReply()).isGreaterThan(300);
    }

    @Test
    void renewalsReplaceRecordsAndAddNone() throws IOException {
        LoadReport report = run(settings(LoadMode.RENEW, 1, 0, true, OptionalLong.empty()));
        List<StoredRecord> kept = node.store().records();
        assertThat(kept).hasSize(4);
        assertThat(report.answered()).isGreaterThanOrEqualTo(8);
        assertThat(kept)
                .extracting(stored -> stored.record().record().sequence())
                .doesNotHaveDuplicates();
        assertThat(kept)
                .allSatisfy(stored -> assertThat(stored.record().record().sequence())
                        .as("newer than the first version, whose sequence number equals its timestamp")
                        .isGreaterThan(stored.record().record().timestamp()));
    }

    @Test
    void topicHasTheRequestedNumberOfEntries() throws IOException {
        run(settings(LoadMode.FIND_VALUE_TOPIC, 20, 0, true, OptionalLong.empty()));
        assertThat(node.statistics().store().records().used()).isEqualTo(20);
    }

    @Test
    void requestsWithoutAnAnswerAreLost() throws IOException {
        try (DatagramSocket unresponsive = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            LoadReport report = LoadRun.run(
                    new InetSocketAddress(LOOPBACK, unresponsive.getLocalPort()),
                    settings(LoadMode.PING, 1, 0, true, OptionalLong.empty()));
            assertThat(report.answered()).isZero();
            assertThat(report.lost()).isEqualTo(8);
            assertThat(report.answersPerSecond()).isZero();
        }
    }

    @Test
    void preparationFailsWithoutAnAnswer() throws IOException {
        try (DatagramSocket unresponsive = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            InetSocketAddress address = new InetSocketAddress(LOOPBACK, unresponsive.getLocalPort());
            LoadSettings settings = settings(LoadMode.FIND_VALUE, 1, 0, true, OptionalLong.empty());
            assertThatThrownBy(() -> LoadRun.run(address, settings)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void invalidSettingsAreNamedInTheMessage() {
        assertThatThrownBy(() -> settings(LoadMode.PING, 101, 0, true, OptionalLong.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101 topic records");
        assertThatThrownBy(() -> run(settings(LoadMode.PING, 1, 0, true, OptionalLong.of(Long.MAX_VALUE))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such process: " + Long.MAX_VALUE);
    }
}
