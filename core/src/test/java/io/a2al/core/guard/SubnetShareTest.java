package io.a2al.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubnetShareTest {

    private final SplittableRandom random = new SplittableRandom(1);

    private Contact at(String ip) {
        byte[] address = Fixtures.random(random, Address.LENGTH).toArray();
        address[0] = (byte) Address.NATIVE;
        return Contact.of(Address.of(Bytes.copyOf(address)), Fixtures.ipv4(ip, 4121));
    }

    @Test
    void nodesBeyondTheShareOfTheirNetworkComeLast() {
        Contact a1 = at("cb007101");
        Contact a2 = at("cb007102");
        Contact a3 = at("cb007103");
        Contact a4 = at("cb007104");
        Contact b = at("cb007201");
        Contact c = at("cb007301");
        SubnetShare two = new SubnetShare(2, endpoint -> false);
        assertThat(two.diverseFirst(List.of(a1, a2, a3, b, a4, c))).containsExactly(a1, a2, b, c, a3, a4);
        SubnetShare one = new SubnetShare(1, endpoint -> false);
        assertThat(one.diverseFirst(List.of(a1, a2, b))).containsExactly(a1, b, a2);
    }

    @Test
    void aLargerNetworkHasFourTimesTheShareOfASite() {
        List<Contact> crowd = IntStream.range(0, 6)
                .mapToObj(site -> at("cb00" + String.format("%02x", site) + "01"))
                .toList();
        Contact other = at("cb010001");
        List<Contact> all = new ArrayList<>(crowd);
        all.add(other);
        List<Contact> expected = new ArrayList<>(crowd.subList(0, 4));
        expected.add(other);
        expected.addAll(crowd.subList(4, 6));
        assertThat(new SubnetShare(1, endpoint -> false).diverseFirst(all)).isEqualTo(expected);
    }

    /** Many nodes of one site leave the share of the provider to its other sites. */
    @Test
    void nodesBeyondTheShareOfTheirSiteTakeNothingFromTheProvider() {
        List<Contact> crowd =
                IntStream.range(0, 8).mapToObj(i -> at("cb007101")).toList();
        List<Contact> others = List.of(at("cb007201"), at("cb007301"), at("cb007401"));
        List<Contact> all = new ArrayList<>(crowd);
        all.addAll(others);
        assertThat(new SubnetShare(1, endpoint -> false).diverseFirst(all))
                .startsWith(crowd.getFirst(), others.get(0), others.get(1), others.get(2));
    }

    @Test
    void noNodeIsLeftOutWhenAllAreInOneNetwork() {
        List<Contact> all = List.of(at("cb007101"), at("cb007102"), at("cb007103"));
        assertThat(new SubnetShare(1, endpoint -> false).diverseFirst(all)).isEqualTo(all);
    }

    @Test
    void loopbackAndNoLimitLeaveTheOrderAsItIs() {
        List<Contact> all = List.of(at("7f000001"), at("7f000001"), at("cb007101"), at("7f000001"), at("cb007201"));
        assertThat(GuardSettings.DEFAULT.replicaShare().diverseFirst(all)).isEqualTo(all);
        List<Contact> crowd = List.of(at("cb007101"), at("cb007102"), at("cb007201"));
        assertThat(SubnetShare.NONE.diverseFirst(crowd)).isEqualTo(crowd);
        assertThat(GuardSettings.DEFAULT.lookupShare().limit()).isEqualTo(2);
        assertThat(GuardSettings.DEFAULT.replicaShare().limit()).isEqualTo(1);
    }
}
