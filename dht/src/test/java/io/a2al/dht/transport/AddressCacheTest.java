package io.a2al.dht.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.message.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class AddressCacheTest {

    private final AddressCache cache = new AddressCache();

    /** Many more than there are places. */
    @Test
    void givesWhatBelongsTogetherHoweverOftenPlacesAreShared() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10_000; i++) {
                Endpoint endpoint = Endpoint.of(new byte[] {10, 0, (byte) (i >> 8), (byte) i}, 1 + i % 7);
                InetSocketAddress address = Endpoints.toSocketAddress(endpoint);
                assertThat(cache.endpointOf(address)).isEqualTo(endpoint);
                assertThat(cache.addressOf(endpoint)).isEqualTo(address);
            }
        }
    }

    @Test
    void remembersWhatItGave() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 4121);
        Endpoint endpoint = cache.endpointOf(address);

        assertThat(cache.endpointOf(new InetSocketAddress(address.getAddress(), 4121)))
                .isSameAs(endpoint);
        assertThat(cache.addressOf(Endpoint.of(endpoint.ip(), 4121))).isSameAs(address);
    }

    @Test
    void portsAreToldApart() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4121);
        cache.endpointOf(address);

        assertThat(cache.endpointOf(new InetSocketAddress(address.getAddress(), 4122))
                        .port())
                .isEqualTo(4122);
    }
}
