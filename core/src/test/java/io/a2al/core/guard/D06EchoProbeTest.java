package io.a2al.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.testing.Fixtures;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Known-defects D-06: echo probes cannot be used against another machine. */
class D06EchoProbeTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Endpoint SOURCE = VirtualNetwork.publicEndpoint(1);
    private static final GuardSettings ENABLED = GuardSettings.DEFAULT.withEchoProbe();

    private final Guard guard = new Guard(ENABLED, 1, at(0));

    private static NodeTime at(long nanos) {
        return new NodeTime(nanos, 0);
    }

    private static boolean isPeer(Endpoint endpoint) {
        return false;
    }

    private static Bytes probe(int number) {
        return Bytes.fromHex("00ec%08x".formatted(number));
    }

    private boolean isEchoed(Endpoint from, Bytes probe, long now) {
        return guard.mayEcho(at(now), from, probe, D06EchoProbeTest::isPeer);
    }

    @Test
    void d06_isOffByDefault() {
        Guard standard = new Guard(GuardSettings.DEFAULT, 1, at(0));
        assertThat(standard.mayEcho(at(0), SOURCE, probe(1), D06EchoProbeTest::isPeer))
                .isFalse();
        assertThat(standard.statistics().echoesRefused()).isEqualTo(1);
        assertThat(standard.statistics().echoesSent()).isZero();
    }

    @Test
    void d06_twoNodesThatEchoDoNotEchoForEver() {
        Guard other = new Guard(ENABLED, 2, at(0));
        Endpoint x = VirtualNetwork.publicEndpoint(1);
        Endpoint y = VirtualNetwork.publicEndpoint(2);
        int echoes = 0;
        long now = 0;
        // One datagram with the forged source x arrives at y; from there on each echo is a probe at the other node.
        boolean atY = true;
        while (atY
                ? guard.mayEcho(at(now), x, probe(7), D06EchoProbeTest::isPeer)
                : other.mayEcho(at(now), y, probe(7), D06EchoProbeTest::isPeer)) {
            echoes++;
            now += SECOND;
            atY = !atY;
            assertThat(echoes).isLessThan(10);
        }
        assertThat(echoes).isEqualTo(2);
    }

    @Test
    void d06_theSameBytesGoToTheSameAddressOnceWhateverThePort() {
        assertThat(isEchoed(SOURCE, probe(1), 0)).isTrue();
        assertThat(isEchoed(SOURCE, probe(1), 60 * SECOND)).isFalse();
        assertThat(isEchoed(SOURCE.withPort(9), probe(1), 120 * SECOND)).isFalse();
        assertThat(isEchoed(SOURCE, probe(2), 180 * SECOND)).isTrue();
        assertThat(isEchoed(VirtualNetwork.publicEndpoint(2), probe(1), 240 * SECOND))
                .isTrue();
    }

    @Test
    void d06_nothingGoesToAnAddressWhereANodeIs() {
        assertThat(guard.mayEcho(at(0), SOURCE, probe(1), SOURCE::equals)).isFalse();
        Endpoint asked = VirtualNetwork.publicEndpoint(2);
        guard.judge(at(0), asked, Fixtures.A.nodeId(), 158, false);
        assertThat(isEchoed(asked, probe(1), 0)).isFalse();
        Endpoint proven = VirtualNetwork.publicEndpoint(3);
        guard.verify(at(0), new Contact(Fixtures.A.address(), Fixtures.A.nodeId(), proven));
        assertThat(isEchoed(proven, probe(1), 0)).isFalse();
    }

    @Test
    void d06_oneSourceGetsAFewPerSecond() {
        int echoed = 0;
        for (int i = 0; i < 1000; i++) {
            echoed += isEchoed(SOURCE, probe(i), i * SECOND / 100) ? 1 : 0;
        }
        assertThat(echoed).isBetween(10, 25);
    }

    @Test
    void d06_allTogetherGetALimitedNumber() {
        int echoed = 0;
        for (int i = 0; i < 10_000; i++) {
            echoed += isEchoed(VirtualNetwork.publicEndpoint(i), probe(i), i * SECOND / 1000) ? 1 : 0;
        }
        assertThat(echoed).isBetween(150, 220);
        assertThat(guard.statistics().echoesSent()).isEqualTo(echoed);
        assertThat(guard.statistics().echoesRefused()).isEqualTo(10_000 - echoed);
    }

    @Test
    void d06_longProbesAndThoseThatCannotBeAnsweredAreNot() {
        assertThat(isEchoed(SOURCE, Bytes.copyOf(new byte[1201]), 0)).isFalse();
        assertThat(isEchoed(SOURCE.withPort(0), probe(1), 0)).isFalse();
        assertThat(isEchoed(Endpoint.of(new byte[] {(byte) 224, 0, 0, 1}, 4121), probe(1), 0))
                .isFalse();
        assertThat(isEchoed(SOURCE, Bytes.copyOf(new byte[1200]), 0)).isTrue();
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int i = 0; i < 10_000; i++) {
            isEchoed(VirtualNetwork.publicEndpoint(i), probe(i), i * SECOND);
        }
        assertThat(guard.statistics().echoesRemembered().used()).isEqualTo(4096);
    }
}
