package io.a2al.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.guard.GuardSettings;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.liveness.PeerHealthSettings;
import io.a2al.core.routing.RoutingTable.Evidence;
import io.a2al.core.routing.RoutingTable.Offer;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One network cannot fill the table with identities. */
class SubnetDiversityTest {

    private static final NodeId SELF = Fixtures.A.nodeId();

    private final SplittableRandom random = new SplittableRandom(24);
    private final RoutingTable table = new RoutingTable(SELF, GuardSettings.DEFAULT.subnetLimits());
    private long now;

    private Contact contact(int bucket, Endpoint endpoint) {
        while (true) {
            byte[] address = Fixtures.random(random, Address.LENGTH).toArray();
            address[0] = (byte) Address.NATIVE;
            Contact contact = Contact.of(Address.of(Bytes.copyOf(address)), endpoint);
            if (SELF.commonPrefixLength(contact.nodeId()) == bucket) {
                return contact;
            }
        }
    }

    private static Endpoint ipv4(int subnet, int host) {
        return Endpoint.of(new byte[] {5, (byte) subnet, 0, (byte) host}, 4121);
    }

    private static Endpoint inOneProvider(int site) {
        return Endpoint.of(new byte[] {6, 0, (byte) site, 1}, 4121);
    }

    private static Endpoint ipv6(int site, int host) {
        byte[] ip = new byte[16];
        ip[0] = 0x20;
        ip[5] = (byte) site;
        ip[7] = (byte) host;
        ip[15] = (byte) host;
        return Endpoint.of(ip, 4121);
    }

    private Offer offer(Contact contact) {
        return table.offer(contact, Evidence.VERIFIED, now++);
    }

    @Test
    void aBucketHoldsTwoOfASubnet() {
        assertThat(offer(contact(0, ipv4(1, 1)))).isEqualTo(Offer.INSERTED);
        assertThat(offer(contact(0, ipv4(1, 2)))).isEqualTo(Offer.INSERTED);
        Contact third = contact(0, ipv4(1, 3));
        assertThat(table.hasRoomFor(third)).isFalse();
        assertThat(offer(third)).isEqualTo(Offer.CROWDED);
        assertThat(offer(contact(0, ipv4(2, 1)))).isEqualTo(Offer.INSERTED);
        assertThat(offer(contact(1, ipv4(1, 4)))).isEqualTo(Offer.INSERTED);
        assertThat(table.size()).isEqualTo(4);
        assertThat(table.statistics(new PeerHealth(PeerHealthSettings.DEFAULT, 1), 0)
                        .crowdedOut())
                .isEqualTo(1);
    }

    @Test
    void aSubnetOfIpv6IsASiteOf48Bits() {
        assertThat(offer(contact(0, ipv6(1, 1)))).isEqualTo(Offer.INSERTED);
        assertThat(offer(contact(0, ipv6(1, 2)))).isEqualTo(Offer.INSERTED);
        assertThat(offer(contact(0, ipv6(1, 3)))).isEqualTo(Offer.CROWDED);
        assertThat(offer(contact(0, ipv6(2, 1)))).isEqualTo(Offer.INSERTED);
    }

    @Test
    void aProviderHasHalfABucketAndFortyPlacesInTheTable() {
        int inserted = 0;
        for (int site = 0; site < 16; site++) {
            inserted += offer(contact(0, inOneProvider(site))) == Offer.INSERTED ? 1 : 0;
        }
        assertThat(inserted).isEqualTo(8);
        for (int i = 0; i < 60; i++) {
            inserted += offer(contact(1 + i / 8, inOneProvider(100 + i))) == Offer.INSERTED ? 1 : 0;
        }
        assertThat(inserted).isEqualTo(40);
        assertThat(offer(contact(0, Endpoint.of(new byte[] {6, 1, 1, 1}, 4121))))
                .isEqualTo(Offer.INSERTED);
    }

    /** The holder of a /32 has 65,536 sites. */
    @Test
    void theSitesOfOneProviderOfIpv6TakeHalfABucket() {
        int inserted = 0;
        for (int site = 0; site < 100; site++) {
            byte[] ip = new byte[16];
            ip[0] = 0x20;
            ip[4] = (byte) site;
            ip[5] = (byte) site;
            ip[15] = 1;
            inserted += offer(contact(0, Endpoint.of(ip, 4121))) == Offer.INSERTED ? 1 : 0;
        }
        assertThat(inserted).isEqualTo(8);
    }

    @Test
    void theFirstOfAnotherFamilyFindsAPlaceInAFullBucket() {
        Contact latest = contact(0, ipv4(0, 1));
        for (int i = 0; i < 16; i++) {
            latest = contact(0, Endpoint.of(new byte[] {6, (byte) i, 1, 1}, 4121));
            offer(latest);
        }
        Contact ipv6 = contact(0, ipv6(1, 1));
        assertThat(table.hasRoomFor(ipv6)).isTrue();
        assertThat(table.offer(ipv6, Evidence.REPORTED, now)).isEqualTo(Offer.FULL);
        assertThat(offer(ipv6)).isEqualTo(Offer.INSERTED);
        assertThat(table.bucketSize(0)).isEqualTo(16);
        assertThat(table.find(latest.nodeId())).isEmpty();
        assertThat(table.hasReplacement(SELF.flipBit(0)))
                .as("the former latest")
                .isTrue();
        assertThat(offer(contact(0, ipv6(2, 1)))).as("the second").isEqualTo(Offer.FULL);
    }

    @Test
    void theTableHoldsTenOfASubnet() {
        for (int i = 0; i < 10; i++) {
            assertThat(offer(contact(i / 2, ipv4(1, i)))).isEqualTo(Offer.INSERTED);
        }
        assertThat(offer(contact(6, ipv4(1, 200)))).isEqualTo(Offer.CROWDED);
        table.remove(table.contacts().getFirst().nodeId());
        assertThat(offer(contact(6, ipv4(1, 201)))).isEqualTo(Offer.INSERTED);
    }

    @Test
    void aKnownContactStaysAndIsVerifiedAgain() {
        Contact first = contact(0, ipv4(1, 1));
        offer(first);
        offer(contact(0, ipv4(1, 2)));
        assertThat(offer(first)).isEqualTo(Offer.KNOWN);
        assertThat(offer(first.at(ipv4(1, 99)))).as("within its subnet").isEqualTo(Offer.KNOWN);
        assertThat(table.find(first.nodeId())).contains(first.at(ipv4(1, 99)));
    }

    @Test
    void aContactThatMovesNeedsRoomInItsNewSubnetAndLeavesRoomInTheOldOne() {
        Contact first = contact(0, ipv4(1, 1));
        Contact mover = contact(0, ipv4(2, 1));
        offer(first);
        offer(contact(0, ipv4(1, 2)));
        offer(mover);
        assertThat(offer(mover.at(ipv4(1, 3)))).isEqualTo(Offer.CROWDED);
        assertThat(table.find(mover.nodeId())).as("where it was").contains(mover);
        assertThat(offer(first.at(ipv4(3, 1)))).isEqualTo(Offer.KNOWN);
        assertThat(offer(mover.at(ipv4(1, 3)))).isEqualTo(Offer.KNOWN);
        assertThat(offer(contact(0, ipv4(2, 2)))).isEqualTo(Offer.INSERTED);
        assertThat(offer(contact(0, ipv4(2, 3)))).isEqualTo(Offer.INSERTED);
    }

    @Test
    void replacementsAreDiverseToo() {
        for (int i = 0; i < 14; i++) {
            offer(contact(0, ipv4(10 + i, 1)));
        }
        offer(contact(0, ipv4(1, 1)));
        offer(contact(0, ipv4(1, 2)));
        assertThat(offer(contact(0, ipv4(9, 1)))).isEqualTo(Offer.FULL);
        assertThat(table.addReplacement(contact(0, ipv4(1, 3))))
                .as("two are in the bucket")
                .isFalse();
        Contact waiting = contact(0, ipv4(9, 1));
        assertThat(table.addReplacement(waiting)).isTrue();
        assertThat(table.addReplacement(contact(0, ipv4(9, 2)))).isTrue();
        assertThat(table.addReplacement(contact(0, ipv4(9, 3))))
                .as("two are waiting")
                .isFalse();
        assertThat(table.addReplacement(waiting)).as("itself again").isTrue();
        assertThat(table.hasReplacement(SELF.flipBit(0))).isTrue();
    }

    @Test
    void loopbackDoesNotCountAndPrivateNetworksOnRequest() {
        Endpoint loopback = Endpoint.of(new byte[] {127, 0, 0, 1}, 4121);
        Endpoint lan = Endpoint.of(new byte[] {10, 0, 0, 1}, 4121);
        for (int i = 0; i < 5; i++) {
            assertThat(offer(contact(0, loopback))).isEqualTo(Offer.INSERTED);
            assertThat(offer(contact(1, lan))).isEqualTo(i < 2 ? Offer.INSERTED : Offer.CROWDED);
        }
        RoutingTable closed =
                new RoutingTable(SELF, GuardSettings.DEFAULT.forPrivateNetwork().subnetLimits());
        for (int i = 0; i < 5; i++) {
            assertThat(closed.offer(contact(1, lan), Evidence.VERIFIED, 0)).isEqualTo(Offer.INSERTED);
        }
    }

    /** However contacts come, move and go: the limits hold, and nothing is counted that is not there. */
    @Test
    void theLimitsHoldWhateverHappens() {
        List<Contact> pool = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            pool.add(contact(i % 6, ipv4(i % 7, i)));
        }
        for (int i = 0; i < 20_000; i++) {
            Contact contact = pool.get(random.nextInt(pool.size()));
            if (random.nextInt(3) == 0) {
                table.remove(contact.nodeId());
            } else {
                table.offer(contact.at(ipv4(random.nextInt(7), random.nextInt(250))), Evidence.VERIFIED, i);
            }
        }
        Map<Bytes, Integer> perTable = new HashMap<>();
        Map<List<Object>, Integer> perBucket = new HashMap<>();
        for (Contact contact : table.contacts()) {
            Bytes subnet = contact.endpoint().ipPrefix(3, 6);
            perTable.merge(subnet, 1, Integer::sum);
            perBucket.merge(List.of(SELF.commonPrefixLength(contact.nodeId()), subnet), 1, Integer::sum);
        }
        assertThat(perTable.values()).allMatch(count -> count <= 10).contains(10);
        assertThat(perBucket.values()).allMatch(count -> count <= 2).contains(2);
        for (Contact contact : table.contacts()) {
            table.remove(contact.nodeId());
        }
        for (int subnet = 0; subnet < 7; subnet++) {
            for (int i = 0; i < 10; i++) {
                assertThat(offer(contact(i / 2, ipv4(subnet, i)))).isEqualTo(Offer.INSERTED);
            }
        }
    }
}
