package io.a2al.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.testing.Fixtures;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

    private static final String MAPPED = "00000000000000000000ffff";

    private static Endpoint endpoint(String ip) {
        return Endpoint.of(Bytes.fromHex(ip).toArray(), 4121);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000, UNSPECIFIED",
        "00000001, RESERVED",
        "00000100, RESERVED",
        "00010000, RESERVED",
        "00ffffff, RESERVED",
        "01000000, PUBLIC",
        "09ffffff, PUBLIC",
        "0a000000, PRIVATE",
        "0affffff, PRIVATE",
        "0b000000, PUBLIC",
        "643fffff, PUBLIC",
        "64400000, SHARED",
        "647fffff, SHARED",
        "64800000, PUBLIC",
        "7effffff, PUBLIC",
        "7f000000, LOOPBACK",
        "7fffffff, LOOPBACK",
        "a9fdffff, PUBLIC",
        "a9fe0000, LINK_LOCAL",
        "a9feffff, LINK_LOCAL",
        "a9ff0000, PUBLIC",
        "ac0fffff, PUBLIC",
        "ac100000, PRIVATE",
        "ac1fffff, PRIVATE",
        "ac200000, PUBLIC",
        "c0a7ffff, PUBLIC",
        "c0a80000, PRIVATE",
        "c0a8ffff, PRIVATE",
        "c0a90000, PUBLIC",
        "cb007107, PUBLIC",
        "dfffffff, PUBLIC",
        "e0000000, MULTICAST",
        "efffffff, MULTICAST",
        "f0000000, RESERVED",
        "ffffffff, RESERVED",
        "00000000000000000000000000000000, UNSPECIFIED",
        "00000000000000000000000000000001, LOOPBACK",
        "00000000000000000000000000000002, PUBLIC",
        "00000000000000010000000000000001, PUBLIC",
        "20010db8000000000000000000000001, PUBLIC",
        "fbffffffffffffffffffffffffffffff, PUBLIC",
        "fc000000000000000000000000000000, PRIVATE",
        "fdffffffffffffffffffffffffffffff, PRIVATE",
        "fe7fffffffffffffffffffffffffffff, PUBLIC",
        "fe800000000000000000000000000000, LINK_LOCAL",
        "febfffffffffffffffffffffffffffff, LINK_LOCAL",
        "fec00000000000000000000000000000, PUBLIC",
        "ff000000000000000000000000000000, MULTICAST",
        "ff020000000000000000000000000001, MULTICAST"
    })
    void everyRangeHasItsScopeUpToItsBorders(String ip, Endpoint.Scope scope) {
        Endpoint endpoint = endpoint(ip);
        assertThat(endpoint.scope()).isEqualTo(scope);
        assertThat(endpoint.isPublic()).isEqualTo(scope == Endpoint.Scope.PUBLIC);
        boolean dialable = switch (scope) {
            case UNSPECIFIED, MULTICAST, RESERVED -> false;
            default -> true;
        };
        assertThat(endpoint.isDialable()).isEqualTo(dialable);
        assertThat(endpoint.withPort(0).isDialable()).isFalse();
        if (endpoint.isIpv4()) {
            assertThat(endpoint(MAPPED + ip).scope()).as("mapped").isEqualTo(scope);
        }
    }

    @Test
    void mappedAddressesStayAsTheyCameUntilUnmapped() {
        Endpoint mapped = endpoint(MAPPED + "cb007107");
        Endpoint plain = endpoint("cb007107");
        assertThat(mapped).isNotEqualTo(plain);
        assertThat(mapped.isIpv4()).isFalse();
        assertThat(mapped.ipLength()).isEqualTo(16);
        assertThat(mapped.unmapped()).isEqualTo(plain).hasSameHashCodeAs(plain);
        assertThat(mapped.hasSameIp(plain.withPort(1))).isTrue();
        assertThat(plain.hasSameIp(mapped)).isTrue();
        assertThat(plain.unmapped()).isSameAs(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000000000000001ffffcb007107",
        "010000000000000000" + "00ffffcb007107",
        "00000000000000000000fffecb007107",
        "00000000000000000000feffcb007107",
        "000000000000000000000000cb007107"
    })
    void addressesThatOnlyLookMappedAreNot(String ip) {
        Endpoint endpoint = endpoint(ip);
        assertThat(endpoint.unmapped()).isSameAs(endpoint);
        assertThat(endpoint.hasSameIp(endpoint("cb007107"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "cb007107, 4121, 203.0.113.7:4121",
        "ffffffff, 65535, 255.255.255.255:65535",
        "20010db8000000000000000000000001, 4121, [2001:db8:0:0:0:0:0:1]:4121",
        "00000000000000000000ffffcb007107, 0, [0:0:0:0:0:ffff:cb00:7107]:0"
    })
    void textForm(String ip, int port, String text) {
        assertThat(Endpoint.of(Bytes.fromHex(ip).toArray(), port)).hasToString(text);
    }

    @Test
    void theWireFormIsReadBack() {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] ip = Fixtures.random(random, i % 2 == 0 ? 4 : 16).toArray();
            Endpoint endpoint = Endpoint.of(ip, random.nextInt(0x10000));
            Bytes wire = endpoint.toWire();
            assertThat(Endpoint.isWireLength(wire.length())).isTrue();
            byte[] framed = Bytes.zeros(3).concat(wire).concat(Bytes.zeros(1)).toArray();
            Endpoint read = Endpoint.readWire(framed, 3, wire.length());
            assertThat(read).isEqualTo(endpoint).hasSameHashCodeAs(endpoint);
            assertThat(read.ip()).isEqualTo(ip);
            assertThat(read.port()).isEqualTo(endpoint.port());
            assertThat(Endpoint.ofWire(wire)).contains(endpoint);
            assertThat(Endpoint.ofWire(wire.concat(Bytes.zeros(1)))).isEmpty();
        }
        assertThat(Fixtures.observed().toWire().toHex()).isEqualTo("cb0071071019");
    }

    @Test
    void onlyTwoLengthsAndPortsOfSixteenBitsAreTaken() {
        for (int length : new int[] {0, 3, 5, 15, 17}) {
            assertThatThrownBy(() -> Endpoint.of(new byte[length], 1)).isInstanceOf(IllegalArgumentException.class);
            assertThat(Endpoint.isWireLength(length + 2)).isFalse();
        }
        assertThatThrownBy(() -> Endpoint.of(new byte[4], -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Endpoint.of(new byte[4], 65536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fixtures.observed().withPort(65536)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theBytesAreCopiedInAndOut() {
        byte[] ip = {10, 0, 0, 1};
        Endpoint endpoint = Endpoint.of(ip, 1);
        ip[3] = 9;
        endpoint.ip()[3] = 8;
        assertThat(endpoint).hasToString("10.0.0.1:1");
        assertThat(endpoint).isNotEqualTo(endpoint.withPort(2)).isEqualTo(endpoint.withPort(1));
    }

    @Test
    void theFirstBytesOfAnAddressAreItsNetwork() {
        Endpoint ipv4 = Endpoint.of(new byte[] {(byte) 203, 0, 113, 7}, 4121);
        assertThat(ipv4.ipPrefix(3, 6)).isEqualTo(Bytes.fromHex("cb0071"));
        assertThat(ipv4.ipPrefixBits(3, 6)).isEqualTo(0xcb0071);
        assertThat(ipv4.ipPrefixBits(4, 8)).isEqualTo(0xcb007107L);
        Endpoint mapped =
                Endpoint.of(Bytes.fromHex("00000000000000000000ffffcb007107").toArray(), 4121);
        assertThat(mapped.ipPrefix(3, 6)).isEqualTo(ipv4.ipPrefix(3, 6));
        assertThat(mapped.ipPrefixBits(4, 8)).isEqualTo(0xcb007107L);
        Endpoint ipv6 =
                Endpoint.of(Bytes.fromHex("20010db8fffe000300000000000000ff").toArray(), 4121);
        assertThat(ipv6.ipPrefixBits(4, 6)).isEqualTo(0x20010db8fffeL);
        assertThat(ipv6.ipPrefixBits(4, 8)).isEqualTo(0x20010db8fffe0003L);
    }

    @Test
    void endpointsAreOrderedByAddressAndThenByPort() {
        List<Endpoint> ordered = List.of(
                Endpoint.of(new byte[] {1, 0, 0, 1}, 5),
                Endpoint.of(new byte[] {1, 0, 0, 2}, 4),
                Endpoint.of(new byte[] {1, 0, 0, 2}, 6),
                Endpoint.of(new byte[] {(byte) 200, 0, 0, 2}, 1));
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                assertThat(Integer.signum(ordered.get(i).compareTo(ordered.get(j))))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    /** Of one address with many ports as of many addresses with one port. */
    @Test
    void endpointsSpreadOverHashTables() {
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            hashes.add(Endpoint.of(new byte[] {10, 0, 0, 1}, 4000 + i).hashCode());
            hashes.add(Endpoint.of(new byte[] {10, 0, 1, (byte) i}, 4000).hashCode());
        }
        assertThat(hashes).hasSizeGreaterThan(150);
    }
}
