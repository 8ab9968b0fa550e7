package io.a2al.core.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.message.Endpoint;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworkLevelTest {

    private static Endpoint ipv4(int a, int b, int c, int d) {
        return Endpoint.of(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, 4121);
    }

    private static Endpoint ipv6(int provider, int region, int site, int customer) {
        byte[] ip = new byte[16];
        ip[0] = 0x2a;
        ip[3] = (byte) provider;
        ip[4] = (byte) region;
        ip[5] = (byte) site;
        ip[7] = (byte) customer;
        ip[15] = 1;
        return Endpoint.of(ip, 4121);
    }

    private static boolean areInOne(NetworkLevel level, Endpoint one, Endpoint other) {
        return level.numberOf(one) == level.numberOf(other);
    }

    @Test
    void networksAreNested() {
        Endpoint here = ipv6(1, 1, 1, 1);
        assertThat(areInOne(NetworkLevel.SITE, here, ipv6(1, 1, 1, 2))).isTrue();
        assertThat(areInOne(NetworkLevel.SITE, here, ipv6(1, 1, 2, 1))).isFalse();
        assertThat(areInOne(NetworkLevel.REGION, here, ipv6(1, 1, 2, 1))).isTrue();
        assertThat(areInOne(NetworkLevel.REGION, here, ipv6(1, 2, 1, 1))).isFalse();
        assertThat(areInOne(NetworkLevel.PROVIDER, here, ipv6(1, 2, 1, 1))).isTrue();
        assertThat(areInOne(NetworkLevel.PROVIDER, here, ipv6(2, 1, 1, 1))).isFalse();
        assertThat(areInOne(NetworkLevel.SITE, ipv4(5, 1, 1, 1), ipv4(5, 1, 1, 2)))
                .isTrue();
        assertThat(areInOne(NetworkLevel.SITE, ipv4(5, 1, 1, 1), ipv4(5, 1, 2, 1)))
                .isFalse();
        assertThat(areInOne(NetworkLevel.PROVIDER, ipv4(5, 1, 1, 1), ipv4(5, 1, 2, 1)))
                .isTrue();
        assertThat(areInOne(NetworkLevel.PROVIDER, ipv4(5, 1, 1, 1), ipv4(5, 2, 1, 1)))
                .isFalse();
    }

    @Test
    void noTwoNetworksHaveOneNumber() {
        Set<Long> numbers = new HashSet<>();
        int networks = 0;
        for (Endpoint endpoint : new Endpoint[] {ipv4(0, 0, 0, 0), ipv4(42, 0, 0, 1), ipv6(0, 0, 0, 0)}) {
            for (NetworkLevel level : NetworkLevel.of(endpoint)) {
                numbers.add(level.numberOf(endpoint));
                networks++;
            }
        }
        assertThat(numbers).hasSize(networks);
    }

    @Test
    void aSiteAndAnEndpointInItAreInTheSameNetworks() {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 5;
        for (Endpoint endpoint :
                new Endpoint[] {ipv4(203, 0, 113, 9), ipv6(250, 251, 252, 1), Endpoint.of(mapped, 1)}) {
            for (NetworkLevel level : NetworkLevel.of(endpoint)) {
                assertThat(level.numberOf(NetworkLevel.siteOf(endpoint))).isEqualTo(level.numberOf(endpoint));
            }
        }
        assertThat(NetworkLevel.of(Endpoint.of(mapped, 1))).isEqualTo(NetworkLevel.of(ipv4(5, 0, 0, 0)));
    }

    @Test
    void largerNetworksHaveLargerLimits() {
        assertThat(NetworkLevel.SITE.limit(2)).isEqualTo(2);
        assertThat(NetworkLevel.REGION.limit(2)).isEqualTo(4);
        assertThat(NetworkLevel.PROVIDER.limit(2)).isEqualTo(8);
        assertThat(NetworkLevel.PROVIDER.limit(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(NetworkLevel.SITE.weigh(2)).isEqualTo(NetworkLevel.PROVIDER.weigh(8));
    }

    @Test
    void whatIsTakenBackCountsNoLonger() {
        NetworkCounts counts = new NetworkCounts();
        for (int site = 0; site < 4; site++) {
            assertThat(counts.hasRoomFor(ipv4(5, 1, site, 1), 1)).isTrue();
            counts.add(ipv4(5, 1, site, 1));
        }
        assertThat(counts.hasRoomFor(ipv4(5, 1, 9, 1), 1))
                .as("a fifth of the /16")
                .isFalse();
        assertThat(counts.hasRoomFor(ipv4(5, 2, 9, 1), 1)).isTrue();
        counts.remove(ipv4(5, 1, 0, 1));
        assertThat(counts.hasRoomFor(ipv4(5, 1, 9, 1), 1)).isTrue();
        assertThat(counts.hasRoomFor(ipv4(5, 1, 1, 2), 1)).as("a site with one").isFalse();
    }
}
