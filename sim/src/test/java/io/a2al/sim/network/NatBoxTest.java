package io.a2al.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.message.Endpoint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NatBoxTest {

    private static final long TIMEOUT = 100;
    private static final Endpoint PUBLIC = endpoint(9, 0);
    private static final Endpoint PEER = endpoint(1, 4121);
    private static final Endpoint SAME_IP = endpoint(1, 5000);
    private static final Endpoint OTHER_IP = endpoint(2, 4121);

    private static Endpoint endpoint(int host, int port) {
        return Endpoint.of(new byte[] {1, 2, 3, (byte) host}, port);
    }

    private static NatBox box(NatKind kind) {
        return new NatBox(kind, PUBLIC, TIMEOUT);
    }

    private static Host behind(NatBox box) {
        Endpoint local = Endpoint.of(new byte[] {(byte) 192, (byte) 168, 1, 2}, 4121);
        return new Host(1, new Place(0, 0, 1), List.of(local), Optional.of(box));
    }

    private static boolean admits(NatBox box, Endpoint from, Endpoint mapped, long now) {
        return box.inbound(from, mapped.port(), now).isPresent();
    }

    @Test
    void eachKindAdmitsTheRightSources() {
        for (NatKind kind :
                List.of(NatKind.FULL_CONE, NatKind.RESTRICTED, NatKind.PORT_RESTRICTED, NatKind.SYMMETRIC)) {
            NatBox box = box(kind);
            Endpoint mapped = box.outbound(behind(box), PEER, 0);
            assertThat(mapped.hasSameIp(PUBLIC)).isTrue();
            assertThat(admits(box, PEER, mapped, 1))
                    .as("%s: a peer that the host has sent to", kind)
                    .isTrue();
            assertThat(admits(box, SAME_IP, mapped, 1))
                    .as("%s: another port of that peer", kind)
                    .isEqualTo(kind == NatKind.FULL_CONE || kind == NatKind.RESTRICTED);
            assertThat(admits(box, OTHER_IP, mapped, 1))
                    .as("%s: another IP address", kind)
                    .isEqualTo(kind == NatKind.FULL_CONE);
        }
    }

    @Test
    void onlyASymmetricNatHasAPortForEachDestination() {
        for (NatKind kind : List.of(NatKind.FULL_CONE, NatKind.RESTRICTED, NatKind.PORT_RESTRICTED)) {
            NatBox box = box(kind);
            Host host = behind(box);
            assertThat(box.outbound(host, OTHER_IP, 1)).isEqualTo(box.outbound(host, PEER, 0));
        }
        NatBox symmetric = box(NatKind.SYMMETRIC);
        Host host = behind(symmetric);
        Endpoint toPeer = symmetric.outbound(host, PEER, 0);
        Endpoint toOtherIp = symmetric.outbound(host, OTHER_IP, 1);
        assertThat(toOtherIp).isNotEqualTo(toPeer);
        assertThat(admits(symmetric, PEER, toOtherIp, 2)).isFalse();
        assertThat(admits(symmetric, OTHER_IP, toOtherIp, 2)).isTrue();
    }

    @Test
    void aMappingExpiresWithoutOutgoingDatagrams() {
        NatBox box = box(NatKind.PORT_RESTRICTED);
        Host host = behind(box);
        Endpoint mapped = box.outbound(host, PEER, 0);
        assertThat(box.outbound(host, OTHER_IP, TIMEOUT)).isEqualTo(mapped);
        assertThat(admits(box, OTHER_IP, mapped, 2 * TIMEOUT)).isTrue();
        assertThat(admits(box, PEER, mapped, 2 * TIMEOUT))
                .as("nothing was sent to this peer for the timeout")
                .isFalse();
        assertThat(admits(box, OTHER_IP, mapped, 2 * TIMEOUT + 1)).isFalse();
        assertThat(box.outbound(host, PEER, 2 * TIMEOUT + 1)).isNotEqualTo(mapped);
    }

    /** Sends to far more destinations than a box keeps mappings for: the latest mapping works, the first is evicted. */
    @Test
    void mappingsAreBounded() {
        NatBox box = box(NatKind.SYMMETRIC);
        Host host = behind(box);
        Endpoint first = box.outbound(host, endpoint(1, 1), 0);
        Endpoint latest = first;
        for (int port = 2; port <= 10_000; port++) {
            latest = box.outbound(host, endpoint(1, port), 0);
        }
        assertThat(admits(box, endpoint(1, 1), first, 1)).isFalse();
        assertThat(admits(box, endpoint(1, 10_000), latest, 1)).isTrue();
        assertThat(box.mappings()).isLessThanOrEqualTo(4096);
    }
}
