package io.a2al.core.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.NatStatus;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.NatType;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known-defects D-39: identities that cost nothing must not make a false address trusted. */
class D39ObservedAddressesTest {

    private static final Endpoint HOME = Fixtures.ipv4("cb007107", 4121);
    private static final Endpoint LIE = Fixtures.ipv4("c6336409", 9000);

    private final ObservedAddresses addresses = new ObservedAddresses(NatSettings.DEFAULT);
    private long now = -Duration.ofDays(3).toNanos();

    private static Contact peer(int number, String ip) {
        return Contact.of(Fixtures.identity(number).address(), Fixtures.ipv4(ip, 4121));
    }

    private NatStatus status() {
        return addresses.status(now);
    }

    @Test
    void d39_identitiesOfOneNetworkHaveOneVote() {
        for (int i = 1; i <= 20; i++) {
            addresses.report(peer(i, "0505050" + i % 10), LIE, now);
        }
        assertThat(status().publicEndpoint()).isEmpty();
        assertThat(status().reporters()).isEqualTo(1);
        assertThat(status().type()).isEqualTo(NatType.UNKNOWN);

        addresses.report(peer(30, "05060606"), HOME, now);
        addresses.report(peer(31, "05070707"), HOME, now);
        addresses.report(peer(32, "05080808"), HOME, now);
        assertThat(status().publicEndpoint()).contains(HOME);
        assertThat(status().agreeing()).isEqualTo(3);
    }

    /** A provider has 256 /24; the latest four of them have a vote. */
    @Test
    void d39_theSitesOfOneProviderHaveFourVotes() {
        for (int site = 0; site < 100; site++) {
            addresses.report(peer(site, "0505" + String.format("%02x", site) + "01"), LIE, now);
        }
        assertThat(status().reporters()).isEqualTo(4);
        for (int i = 0; i < 5; i++) {
            addresses.report(peer(200 + i, "060" + i + "0101"), HOME, now);
        }
        assertThat(status().publicEndpoint()).contains(HOME);
        assertThat(status().agreeing()).isEqualTo(5);
    }

    @Test
    void d39_aNetworksLatestVoteReplacesItsFormerOne() {
        addresses.report(peer(1, "05050501"), LIE, now);
        addresses.report(peer(2, "05060601"), LIE, now);
        assertThat(status().publicEndpoint()).contains(LIE);

        addresses.report(peer(3, "05050502"), HOME, now);
        addresses.report(peer(2, "05060601"), HOME, now);
        assertThat(status().publicEndpoint()).contains(HOME);
        assertThat(status().agreeing()).isEqualTo(2);
    }

    /** The newer reference believes a single reporter; this node depends on no single peer. */
    @Test
    void d39_oneReporterIsNotEnough() {
        addresses.report(peer(1, "05050501"), LIE, now);
        assertThat(status().publicEndpoint()).isEmpty();
        assertThat(status().type()).isEqualTo(NatType.UNKNOWN);
        addresses.recordProbeResult(LIE, true, now);
        assertThat(status().publishType()).isEqualTo(NatType.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0a000001", "7f000001", "c0a80101", "64400001", "ffffffff", "e0000001", "00000000", "f0000001"})
    void d39_addressesThatAreNotPublicAreIgnored(String ip) {
        assertThat(addresses.report(peer(1, "05050501"), Fixtures.ipv4(ip, 4121), now))
                .isFalse();
        assertThat(status().reporters()).isZero();
        assertThat(addresses.ignored()).isEqualTo(1);
    }

    @Test
    void reportsWithoutAPortOrOfAnotherFamilyAreIgnored() {
        assertThat(addresses.report(peer(1, "05050501"), HOME.withPort(0), now)).isFalse();
        assertThat(addresses.report(peer(1, "05050501"), Fixtures.ipv6(1, 4121), now))
                .isFalse();
    }

    /** An attacker with two networks cannot make a node infer a symmetric NAT. */
    @Test
    void d39_twoNetworksCannotMakeASymmetricNat() {
        for (int port = 1; port <= 20; port++) {
            addresses.report(peer(port, "05050501"), HOME.withPort(port), now);
            addresses.report(peer(30 + port, "05060601"), HOME.withPort(port), now);
        }
        assertThat(status().type()).isEqualTo(NatType.RESTRICTED);
        assertThat(status().publishType()).isEqualTo(NatType.UNKNOWN);
    }

    @Test
    void anEchoAtTheTrustedAddressTellsTheType() {
        addresses.report(peer(1, "05050501"), HOME, now);
        addresses.report(peer(2, "05060601"), HOME, now);
        addresses.recordProbeResult(HOME, true, now);
        assertThat(status().type()).isEqualTo(NatType.FULL_CONE);
        assertThat(status().publishType()).isEqualTo(NatType.FULL_CONE);
        assertThat(status().reachable()).contains(true);

        addresses.networkChanged();
        assertThat(status().publicEndpoint()).isEmpty();
        assertThat(status().reachable()).isEmpty();
    }

    @Test
    void anIpv4AddressIsPreferredAsNatsAreThere() {
        for (int i = 1; i <= 3; i++) {
            byte[] ip = Fixtures.ipv6(1, 1).ip();
            ip[5] = (byte) i;
            addresses.report(
                    Contact.of(Fixtures.identity(i).address(), Endpoint.of(ip, 4121)), Fixtures.ipv6(9, 4121), now);
        }
        assertThat(status().publicEndpoint()).contains(Fixtures.ipv6(9, 4121));
        for (int i = 1; i <= 3; i++) {
            addresses.report(peer(10 + i, "050" + i + "0101"), HOME, now);
        }
        assertThat(status().publicEndpoint()).contains(HOME);
    }

    @Test
    void inAPrivateNetworkNeighboursVoteAboutPrivateAddresses() {
        ObservedAddresses lan = new ObservedAddresses(NatSettings.DEFAULT.forPrivateNetwork());
        Endpoint here = Fixtures.ipv4("0a000009", 4121);
        lan.report(peer(1, "0a000001"), here, now);
        lan.report(peer(2, "0a000002"), here, now);
        assertThat(lan.status(now).publicEndpoint()).contains(here);
    }

    @Test
    void votesOfNetworksAreBounded() {
        for (int i = 0; i < 3 * NatSettings.DEFAULT.reports().maxReporters(); i++) {
            addresses.report(peer(i & 0x7f, "05%02x%02x01".formatted(i & 0xff, i >> 8)), HOME, now);
        }
        assertThat(addresses.size()).isEqualTo(NatSettings.DEFAULT.reports().maxReporters());
        assertThat(status().agreeing())
                .isLessThanOrEqualTo(NatSettings.DEFAULT.reports().maxReporters());
        now += NatSense.VOTE_LIFETIME.toNanos();
        assertThat(status().publicEndpoint()).isEmpty();
    }
}
