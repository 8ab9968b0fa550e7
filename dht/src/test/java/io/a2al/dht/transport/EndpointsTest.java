package io.a2al.dht.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.protocol.message.Endpoint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9, 127.0.0.1:9",
        "127.0.0.1, 127.0.0.1:4121",
        "[::1]:9, [0:0:0:0:0:0:0:1]:9",
        "[::1], [0:0:0:0:0:0:0:1]:4121",
        "::1, [0:0:0:0:0:0:0:1]:4121",
        "0.0.0.0:0, 0.0.0.0:0",
        "127.0.0.1:65535, 127.0.0.1:65535",
    })
    void readsHostAndPort(String text, String expected) {
        assertThat(Endpoints.of(Endpoints.parse(text, 4121))).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1:65536 | not a port: \"65536\" in \"127.0.0.1:65536\"; ports are 0 to 65535",
                "127.0.0.1:-1 | not a port: \"-1\" in \"127.0.0.1:-1\"; ports are 0 to 65535",
                "127.0.0.1:x | not a port: \"x\" in \"127.0.0.1:x\"; ports are 0 to 65535",
                ":9 | not an address: \":9\"; write host:port or [ipv6]:port",
                "[::1:9 | not an address: \"[::1:9\"; write host:port or [ipv6]:port",
                "a b:9 | not an address: \"a b:9\"; write host:port or [ipv6]:port",
                "44123 | no host in \"44123\", which is a port; write host:port, for example 127.0.0.1:44123",
                "0 | no host in \"0\", which is a port; write host:port, for example 127.0.0.1:0",
                "127.1:9 | not an IP address: \"127.1\" in \"127.1:9\"; write four numbers from 0 to 255",
                "0x7f000001 | not an IP address: \"0x7f000001\" in \"0x7f000001\"; write four numbers from 0 to 255",
                "192.0.2.256 | not an IP address: \"192.0.2.256\" in \"192.0.2.256\"; write four numbers from 0 to 255",
                "192.0.2.010 | not an IP address: \"192.0.2.010\" in \"192.0.2.010\"; write four numbers from 0 to 255",
                "http://seed.test:9 | not an address: \"http://seed.test:9\"; write host:port or [ipv6]:port",
                "[127.0.0.1]:9 | not an address: \"[127.0.0.1]:9\"; write host:port or [ipv6]:port",
                "::1:2:3::4 | not an address: \"::1:2:3::4\"; write host:port or [ipv6]:port",
                "a..b:9 | not an address: \"a..b:9\"; write host:port or [ipv6]:port",
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Endpoints.parse(text, 4121))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** A name may be unknown now and known later, so that reading it does not need the DNS. */
    @ParameterizedTest
    @CsvSource({
        "no-such-host.invalid:9, no-such-host.invalid:9",
        "seed, seed:4121",
        "7seas.example., 7seas.example.:4121",
        "büro.example:9, büro.example:9",
        "1.2.3.four, 1.2.3.four:4121",
        "[::1], [::1]:4121",
        "192.0.2.1, 192.0.2.1:4121"
    })
    void namesAreReadWithoutBeingResolved(String text, String written) {
        InetSocketAddress read = Endpoints.parse(text, 4121);
        assertThat(Endpoints.text(read)).isEqualTo(written);
        assertThat(read.isUnresolved()).isEqualTo(Endpoints.isNamed(read));
        assertThat(Endpoints.parse(written, 1)).as("can be pasted back").isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2001:db8::1]:0 | no node can be at [2001:db8::1]:0; port 0 stands for any; give the port that the"
                        + " node listens on",
                "seed.test:0 | no node can be at seed.test:0; port 0 stands for any; give the port that the node"
                        + " listens on",
                "0.0.0.0:4121 | no node can be at 0.0.0.0:4121; give the IP address of one host, on this machine for"
                        + " example 127.0.0.1",
                "[ff02::1]:4121 | no node can be at [ff02::1]:4121; give the IP address of one host, on this machine"
                        + " for example 127.0.0.1",
            })
    void whereNoNodeCanBeIsRefused(String text, String message) {
        assertThatThrownBy(() -> Endpoints.requireDialable(Endpoints.parse(text, 4121)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void anAddressOfThisMachineAndItsPortIsTheNodesOwn() {
        Endpoint everywhere = Endpoints.of(Endpoints.parse("0.0.0.0:4121", 0));
        Endpoint here = Endpoints.of(Endpoints.parse("127.0.0.1:4121", 0));
        assertThat(Endpoints.isOwn(everywhere, here)).isTrue();
        assertThat(Endpoints.isOwn(here, here)).isTrue();
        assertThat(Endpoints.isOwn(everywhere, here.withPort(4122))).isFalse();
        assertThat(Endpoints.isOwn(here, Endpoints.of(Endpoints.parse("127.0.0.2:4121", 0))))
                .isFalse();
        assertThat(Endpoints.isOwn(everywhere, Endpoints.of(Endpoints.parse("192.0.2.1:4121", 0))))
                .isFalse();
    }

    @Test
    void mappedAddressesBecomeIpv4() {
        InetSocketAddress mapped = Endpoints.parse("[::ffff:127.0.0.1]:9", 1);
        assertThat(Endpoints.of(mapped)).hasToString("127.0.0.1:9");
        assertThat(Endpoints.toSocketAddress(Endpoints.of(mapped)))
                .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9));
    }

    /** Known-defects D-49: an answer without an observed address cannot be encoded, so there always is one. */
    @Test
    void d49_whoDoesNotComeByUdpIsToldAnAddressAllTheSame() throws Exception {
        assertThat(Endpoints.observed(UnixDomainSocketAddress.of("/tmp/a2al")).toWire())
                .hasToString("7f0000010000");
        assertThat(Endpoints.observed(InetSocketAddress.createUnresolved("relay.example", 4121))
                        .toWire())
                .hasToString("7f0000010000");
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 5;
        assertThat(Endpoints.observed(new InetSocketAddress(Inet6Address.getByAddress("", mapped, 0), 4121))
                        .toWire())
                .hasToString("050000001019");
    }
}
