package io.a2al.dht.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                "no-such-host.invalid:9 | cannot resolve host \"no-such-host.invalid\"; check the name or give an IP"
                        + " address",
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Endpoints.parse(text, 4121))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
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
