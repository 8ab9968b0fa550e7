package io.a2al.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.protocol.message.Endpoint;
import io.a2al.sim.engine.EventQueue;
import io.a2al.sim.engine.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VirtualNetworkTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    private record Arrival(long at, int host, Endpoint from, int number) {}

    private final EventQueue queue = new EventQueue();
    private final Streams streams = new Streams(11);
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Map<LossReason, Integer> losses = new EnumMap<>(LossReason.class);
    private int sent;

    private final NetworkListener listener = new NetworkListener() {
        @Override
        public void onSent(Host sender, Endpoint from, Endpoint to, Datagram datagram) {
            sent++;
        }

        @Override
        public void onArrived(Host receiver, Endpoint from, Datagram datagram) {}

        @Override
        public void onLost(Host sender, Endpoint to, Datagram datagram, LossReason reason) {
            losses.merge(reason, 1, Integer::sum);
        }
    };

    private VirtualNetwork network(LinkSettings links) {
        return new VirtualNetwork(queue, streams, links, listener);
    }

    private Host host(VirtualNetwork network, int index, AddressPlan plan, NatKind kind) {
        Host host = plan.host(index, streams, kind);
        network.connect(host);
        host.attach((from, datagram) -> arrivals.add(
                new Arrival(queue.now(), index, from, datagram.bytes()[0] << 8 | (datagram.bytes()[1] & 0xff))));
        return host;
    }

    private Host host(VirtualNetwork network, int index) {
        return host(network, index, AddressPlan.CALM, NatKind.PUBLIC);
    }

    private static Datagram numbered(int number) {
        byte[] bytes = new byte[100];
        bytes[0] = (byte) (number >> 8);
        bytes[1] = (byte) number;
        return Datagram.copyOf(bytes, bytes.length);
    }

    private void run() {
        while (queue.nextTime() != EventQueue.NEVER) {
            queue.runNext();
        }
    }

    /** Sends {@code count} datagrams at the same time, and runs until nothing is pending. */
    private void burst(VirtualNetwork network, Host from, Host to, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(network.send(from, to.endpoint(), numbered(i))).isTrue();
        }
        run();
    }

    @Test
    void aDatagramTakesHalfTheRoundTripTimePlusJitter() {
        VirtualNetwork network = network(LinkSettings.CALM);
        Host a = host(network, 1);
        Host b = host(network, 2);
        burst(network, a, b, 1);
        double half = a.place().roundTripTo(b.place()) / 2;
        Arrival arrival = arrivals.getFirst();
        assertThat(arrival.at() / 1e6).isBetween(half, 1.5 * half);
        assertThat(arrival.from()).isEqualTo(a.endpoint());
        assertThat(sent).isEqualTo(1);
        assertThat(losses).isEmpty();
    }

    @Test
    void onlyJitterReordersDatagrams() {
        VirtualNetwork steady = network(LinkSettings.CALM.withJitter(0));
        burst(steady, host(steady, 1), host(steady, 2), 100);
        assertThat(arrivals).extracting(Arrival::number).isSorted();
        arrivals.clear();
        VirtualNetwork network = network(LinkSettings.CALM);
        burst(network, host(network, 1), host(network, 2), 100);
        assertThat(arrivals).hasSize(100).extracting(Arrival::number).isNotEqualTo(sorted());
    }

    private List<Integer> sorted() {
        return arrivals.stream().map(Arrival::number).sorted().toList();
    }

    @Test
    void lossAndDuplicationHaveTheConfiguredShares() {
        VirtualNetwork network = network(LinkSettings.CALM.withLoss(0.2).withDuplication(0.1));
        burst(network, host(network, 1), host(network, 2), 5000);
        int lost = losses.getOrDefault(LossReason.CHANCE, 0);
        assertThat(lost).isBetween(900, 1100);
        assertThat(arrivals.size() - (5000 - lost)).isBetween(330, 470);
    }

    @Test
    void aLinkDoesNotDependOnTrafficOfOtherLinks() {
        LinkSettings lossy = LinkSettings.CALM.withLoss(0.5);
        VirtualNetwork network = network(lossy);
        burst(network, host(network, 1), host(network, 2), 50);
        List<Arrival> alone = List.copyOf(arrivals);
        arrivals.clear();

        EventQueue other = new EventQueue();
        VirtualNetwork busy = new VirtualNetwork(other, streams, lossy, listener);
        Host a = AddressPlan.CALM.host(1, streams);
        Host b = AddressPlan.CALM.host(2, streams);
        Host c = AddressPlan.CALM.host(3, streams);
        List.of(a, b, c).forEach(busy::connect);
        a.attach((from, datagram) -> {});
        c.attach((from, datagram) -> {});
        b.attach((from, datagram) -> {
            if (from.equals(a.endpoint())) {
                arrivals.add(new Arrival(other.now(), 2, from, datagram.bytes()[1]));
            }
        });
        for (int i = 0; i < 50; i++) {
            busy.send(c, b.endpoint(), numbered(i));
            busy.send(a, b.endpoint(), numbered(i));
            busy.send(a, c.endpoint(), numbered(i));
        }
        while (other.nextTime() != EventQueue.NEVER) {
            other.runNext();
        }
        assertThat(arrivals).isEqualTo(alone).isNotEmpty();
    }

    @Test
    void cutsAreOneWayAndPartitionsEnd() {
        VirtualNetwork network = network(LinkSettings.CALM);
        Host a = host(network, 1);
        Host b = host(network, 2);
        network.cut(a, b);
        burst(network, a, b, 1);
        burst(network, b, a, 1);
        assertThat(arrivals).extracting(Arrival::host).containsExactly(1);
        network.mend(a, b);
        b.setSide(1);
        burst(network, a, b, 1);
        assertThat(arrivals).hasSize(2);
        network.setPartitioned(true);
        burst(network, a, b, 1);
        assertThat(arrivals).hasSize(2);
        network.setPartitioned(false);
        burst(network, a, b, 1);
        assertThat(arrivals).hasSize(3);
        assertThat(losses).containsOnly(Map.entry(LossReason.CUT, 1), Map.entry(LossReason.PARTITION, 1));
    }

    @Test
    void datagramsToAddressesWithoutAHostAreLost() {
        VirtualNetwork network = network(LinkSettings.CALM);
        Host a = host(network, 1);
        Host b = host(network, 2);
        network.send(a, AddressPlan.CALM.host(3, streams).endpoint(), numbered(1));
        network.send(a, Endpoint.of(new byte[] {10, 0, 0, 1}, 4121), numbered(1));
        network.send(a, b.endpoint(), numbered(1));
        b.detach();
        run();
        assertThat(arrivals).isEmpty();
        assertThat(losses).containsOnly(Map.entry(LossReason.NOBODY, 2), Map.entry(LossReason.UNROUTABLE, 1));
        assertThat(network.send(b, a.endpoint(), numbered(1))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.connect(new Host(9, a.place(), a.endpoints(), Optional.empty())));
    }

    @Test
    void aHostBehindANatReceivesOnlyFromPeersItSentTo() {
        VirtualNetwork network = network(LinkSettings.CALM);
        Host hidden = host(network, 1, AddressPlan.CALM, NatKind.PORT_RESTRICTED);
        Host peer = host(network, 2);
        Host other = host(network, 3);
        burst(network, hidden, peer, 1);
        Endpoint mapped = arrivals.getFirst().from();
        network.send(peer, mapped, numbered(2));
        network.send(other, mapped, numbered(3));
        queue.runNext();
        queue.runNext();
        assertThat(arrivals).extracting(Arrival::number).containsExactly(0, 2);
        assertThat(losses).containsOnly(Map.entry(LossReason.FILTERED, 1));
        assertThat(network.send(peer, mapped, numbered(4))).isTrue();
        queue.at(queue.now() + Duration.ofMinutes(3).toNanos(), () -> network.send(peer, mapped, numbered(5)));
        run();
        assertThat(arrivals).extracting(Arrival::number).containsExactly(0, 2, 4);
    }

    @Test
    void aHostSendsFromTheAddressOfTheDestinationsFamily() {
        VirtualNetwork network = network(LinkSettings.CALM);
        Host ipv4 = host(network, 1);
        Host dual = host(network, 2, AddressPlan.CALM.withIpv6Share(1), NatKind.PUBLIC);
        Host other = host(network, 3, AddressPlan.CALM.withIpv6Share(1), NatKind.PUBLIC);
        Endpoint ipv6 = other.endpointFrom(dual);
        assertThat(ipv6.isIpv4()).isFalse();
        assertThat(other.endpointFrom(ipv4).isIpv4()).isTrue();
        assertThat(network.send(ipv4, ipv6, numbered(1))).isFalse();
        assertThat(network.send(dual, ipv6, numbered(2))).isTrue();
        assertThat(network.send(dual, ipv4.endpoint(), numbered(3))).isTrue();
        run();
        assertThat(arrivals).extracting(Arrival::from).containsExactlyInAnyOrderElementsOf(dual.endpoints());
    }

    /** 100 bytes of payload and 46 bytes of framing are 1168 bits, which take 10 ms. */
    @Test
    void aSlowLinkCarriesOneDatagramAtATime() {
        VirtualNetwork network = network(LinkSettings.CALM.withJitter(0).withBitsPerSecond(116_800));
        Host a = host(network, 1);
        Host b = host(network, 2);
        burst(network, a, b, 100);
        double delay = a.place().roundTripTo(b.place()) / 2;
        assertThat(arrivals.getFirst().at() / 1e6).isBetween(delay + 19.9, delay + 20.1);
        assertThat(arrivals.get(1).at() - arrivals.getFirst().at()).isBetween(9_999_000L, 10_001_000L);
        assertThat(arrivals).as("half a second of queued datagrams").hasSize(51);
        assertThat(losses).containsOnly(Map.entry(LossReason.QUEUE, 49));
        assertThat(queue.now()).isLessThan(LONG.toNanos());
    }
}
