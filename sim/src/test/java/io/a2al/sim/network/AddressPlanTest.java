package io.a2al.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2al.protocol.message.Endpoint;
import io.a2al.sim.engine.Streams;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressPlanTest {

    private static final int HOSTS = 20_000;

    private final Streams streams = new Streams(3);

    @Test
    void everyHostHasItsOwnPublicAddresses() {
        AddressPlan plan = AddressPlan.CALM.withIpv6Share(0.5);
        Set<Endpoint> seen = new HashSet<>();
        int ipv6 = 0;
        for (int i = 0; i < HOSTS; i++) {
            Host host = plan.host(i, streams);
            ipv6 += host.endpoints().size() - 1;
            for (Endpoint endpoint : host.endpoints()) {
                assertThat(seen.add(endpoint)).isTrue();
                assertThat(endpoint.isPublic()).isTrue();
            }
        }
        assertThat(ipv6).isBetween(HOSTS * 48 / 100, HOSTS * 52 / 100);
    }

    @Test
    void prefixesAreSharedByTheConfiguredNumberOfHosts() {
        AddressPlan plan = AddressPlan.CALM.withPerPrefix(7).withIpv6Share(1);
        Map<Object, Integer> inPrefix = new HashMap<>();
        for (int i = 0; i < 700; i++) {
            for (Endpoint endpoint : plan.host(i, streams).endpoints()) {
                inPrefix.merge(endpoint.ipPrefix(3, 6), 1, Integer::sum);
            }
        }
        assertThat(inPrefix.values()).hasSize(200).containsOnly(7);
    }

    @Test
    void kindsOfNatHaveTheConfiguredShares() {
        NatMix mix = new NatMix(0.1, 0.1, 0.2, 0.1, Duration.ofMinutes(1));
        AddressPlan plan = new AddressPlan(mix, 0, 1);
        Map<NatKind, Integer> kinds = new HashMap<>();
        for (int i = 0; i < HOSTS; i++) {
            kinds.merge(plan.host(i, streams).natKind(), 1, Integer::sum);
        }
        assertThat(kinds.get(NatKind.PUBLIC)).isBetween(HOSTS * 48 / 100, HOSTS * 52 / 100);
        assertThat(kinds.get(NatKind.PORT_RESTRICTED)).isBetween(HOSTS * 19 / 100, HOSTS * 21 / 100);
        assertThat(kinds.get(NatKind.SYMMETRIC)).isBetween(HOSTS * 9 / 100, HOSTS * 11 / 100);
        assertThat(plan.withNatShare(0.25).nats().portRestricted()).isEqualTo(0.1);
        assertThat(AddressPlan.CALM.withNatShare(0.25).nats().share()).isEqualTo(0.25);
    }

    @Test
    void valuesOutOfRangeAreRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressPlan.CALM.withPerPrefix(0));
        assertThatIllegalArgumentException().isThrownBy(() -> AddressPlan.CALM.withIpv6Share(1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> AddressPlan.CALM.withNatShare(2));
    }
}
