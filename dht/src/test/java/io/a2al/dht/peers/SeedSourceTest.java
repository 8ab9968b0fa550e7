package io.a2al.dht.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.dht.transport.HostResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedSourceTest {

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    @Test
    void theDnsListsAddressesInSeveralWays() throws Exception {
        SeedSource source = SeedSource.dns(
                name -> {
                    assertThat(name).isEqualTo("_a2al-bootstrap.a2al.org");
                    return List.of("192.0.2.1:4121,192.0.2.2:5;192.0.2.3", " [2001:db8::1]:7\t192.0.2.1:4121 ", "");
                },
                "_a2al-bootstrap.a2al.org",
                4121);
        assertThat(source.addresses())
                .containsExactly(
                        address("192.0.2.1", 4121),
                        address("192.0.2.2", 5),
                        address("192.0.2.3", 4121),
                        address("2001:db8::1", 7));
        assertThat(source.description()).isEqualTo("DNS name _a2al-bootstrap.a2al.org");
    }

    @Test
    void whatIsNoAddressIsLeftOut() throws Exception {
        SeedSource source = SeedSource.dns(name -> List.of("192.0.2.1:99999 :5 [::1 v=1 192.0.2.9:1"), "x", 4121);
        assertThat(source.addresses()).contains(address("192.0.2.9", 1)).doesNotContain(address("192.0.2.1", 4121));
    }

    @Test
    void noSourceGivesMoreThanALimit() throws Exception {
        String many =
                IntStream.range(0, 200).mapToObj(i -> "192.0.2." + i + ":1").collect(Collectors.joining(" "));
        assertThat(SeedSource.dns(name -> List.of(many), "x", 1).addresses()).hasSize(SeedSource.MAX_SEEDS);
        List<InetSocketAddress> configured = IntStream.range(1, 200)
                .mapToObj(port -> address("192.0.2.1", port))
                .toList();
        assertThat(SeedSource.configured(configured).addresses()).hasSize(SeedSource.MAX_SEEDS);
    }

    @Test
    void aSilentDnsIsReported() {
        SeedSource source = SeedSource.dns(
                name -> {
                    throw new IOException("the DNS does not tell");
                },
                "x",
                1);
        assertThatThrownBy(source::addresses).isInstanceOf(IOException.class).hasMessage("the DNS does not tell");
    }

    @Test
    void configuredHostsAreLookedUpAnew() throws Exception {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("localhost", 4);
        InetSocketAddress found = SeedSource.configured(List.of(unresolved, address("192.0.2.1", 5)))
                .addresses()
                .getFirst();
        assertThat(found.isUnresolved()).isFalse();
        assertThat(found.getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void eachNameStandsForAllItsAddressesAndNoNameCrowdsOutAnother() throws Exception {
        HostResolver resolver = host -> switch (host) {
            case "few.test" -> List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
            case "many.test" ->
                IntStream.range(0, 200)
                        .mapToObj(i -> InetAddress.ofLiteral("198.51.100." + i))
                        .toList();
            default -> throw new UnknownHostException(host);
        };
        assertThat(SeedSource.configured(
                                List.of(
                                        InetSocketAddress.createUnresolved("many.test", 4),
                                        InetSocketAddress.createUnresolved("unknown.test", 4),
                                        InetSocketAddress.createUnresolved("few.test", 5)),
                                resolver)
                        .addresses())
                .hasSize(SeedSource.MAX_SEEDS)
                .startsWith(
                        address("198.51.100.0", 4),
                        address("192.0.2.1", 5),
                        address("198.51.100.1", 4),
                        address("2001:db8::1", 5),
                        address("198.51.100.2", 4));
        assertThat(SeedSource.dns(name -> List.of("few.test:7"), "x", 1, resolver)
                        .addresses())
                .containsExactly(address("192.0.2.1", 7), address("2001:db8::1", 7));
    }

    @Test
    void aNameThatCannotBeResolvedIsReportedUnlessAnAddressIsKnown() throws Exception {
        HostResolver none = host -> {
            throw new UnknownHostException(host);
        };
        SeedSource source = SeedSource.configured(List.of(InetSocketAddress.createUnresolved("seed.test", 4121)), none);
        assertThat(source.description()).isEqualTo("seed.test:4121");
        assertThatThrownBy(source::addresses)
                .isInstanceOf(IOException.class)
                .hasMessage("cannot resolve host \"seed.test\"; check the name or give an IP address");
        InetSocketAddress known = new InetSocketAddress(InetAddress.getByAddress("seed.test", new byte[4]), 4);
        assertThat(SeedSource.configured(List.of(known), none).addresses()).containsExactly(known);
    }

    @Test
    void savedContactsAreASource(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("contacts.json");
        Files.writeString(file, "{\"peers\":[\"192.0.2.1:7\",\"192.0.2.2\",\"nonsense:\"]}");
        SeedSource source = SeedSource.saved(new SavedContacts(file), 4121);
        assertThat(source.addresses()).contains(address("192.0.2.1", 7), address("192.0.2.2", 4121));
        assertThat(source.description()).isEqualTo("file " + file);
    }

    /** It is asked again only if none of the addresses before was of use. */
    @Test
    void eachTimeTheNextSavedContactsAreTried(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("contacts");
        String listed = IntStream.range(0, 70)
                .mapToObj(i -> "{\"address\":\"192.0.2." + i + ":7\"}")
                .collect(Collectors.joining(","));
        Files.writeString(file, "{\"contacts\":[" + listed + "]}");
        SeedSource source = SeedSource.saved(new SavedContacts(file), 4121);

        List<InetSocketAddress> first = source.addresses();
        assertThat(first).hasSize(SeedSource.MAX_SEEDS).startsWith(address("192.0.2.0", 7));
        assertThat(source.addresses()).hasSize(6).startsWith(address("192.0.2.64", 7));
        assertThat(source.addresses()).isEqualTo(first);
    }
}
