package io.a2al.dht.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On Linux, where all of 127/8 can be bound. {@link WildcardSocketsTest} has datagrams arrive. */
@EnabledOnOs(OS.LINUX)
class AddressSocketsTest {

    private static final InetAddress LISTED = InetAddress.ofLiteral("127.0.0.2");
    private static final InetAddress ASKED = InetAddress.ofLiteral("127.0.0.3");

    private UdpChannel wildcard;
    private Selector selector;
    private AddressSockets sockets;

    @BeforeEach
    void open() throws IOException {
        wildcard = UdpChannel.open(new InetSocketAddress(0));
        selector = Selector.open();
        sockets = new AddressSockets(wildcard, selector, () -> 0);
    }

    @AfterEach
    void close() throws IOException {
        sockets.close();
        wildcard.close();
        selector.close();
    }

    @Test
    void anAddressKeepsItsSocketAtTheSharedPort() {
        sockets.follow(List.of(LISTED));

        UdpChannel ofListed = sockets.at(LISTED);
        UdpChannel ofAsked = sockets.at(ASKED);

        assertThat(List.of(ofListed, ofAsked))
                .doesNotContain(wildcard)
                .allMatch(socket -> socket.local().port() == wildcard.local().port());
        assertThat(sockets.at(LISTED)).isSameAs(ofListed);
        assertThat(sockets.at(ASKED)).isSameAs(ofAsked);
        assertThat(sockets.size()).isEqualTo(2);
    }

    @Test
    void onlyListedAddressesLoseTheirSocketsWhenTheyAreGone() {
        sockets.follow(List.of(LISTED));
        UdpChannel ofAsked = sockets.at(ASKED);

        sockets.follow(List.of());

        assertThat(sockets.size()).isEqualTo(1);
        assertThat(sockets.at(ASKED)).isSameAs(ofAsked);
    }

    @Test
    void opensNoSocketOnceItIsClosed() {
        sockets.close();

        sockets.follow(List.of(LISTED));

        assertThat(sockets.size()).isZero();
        assertThat(sockets.at(ASKED)).isSameAs(wildcard);
    }
}
