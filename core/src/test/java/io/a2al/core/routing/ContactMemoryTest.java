package io.a2al.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.routing.RoutingSettings.Estimate;
import io.a2al.core.routing.RoutingSettings.Memory;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ContactMemoryTest {

    private static final int CAPACITY = 100;
    private static final Duration RTT = Duration.ofMillis(80);
    private static final Predicate<Endpoint> NONE_EXEMPT = endpoint -> false;
    private static final NodeId TARGET = Fixtures.A.nodeId();

    private final SplittableRandom random = new SplittableRandom(1);
    private long now = -1_000;
    private int hosts;
    private final ContactMemory memory = memoryOf(CAPACITY);

    private ContactMemory memoryOf(int capacity) {
        return new ContactMemory(new Memory(capacity, 4, Estimate.DEFAULT, PackedContacts::new), NONE_EXEMPT, 1, now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Contact newContact(Endpoint endpoint) {
        byte[] address = Fixtures.random(random, Address.LENGTH).toArray();
        address[0] = (byte) Address.NATIVE;
        return Contact.of(Address.of(Bytes.copyOf(address)), endpoint);
    }

    /** An endpoint in a /16 and a /24 of its own. */
    private Endpoint newEndpoint() {
        hosts++;
        return Endpoint.of(new byte[] {(byte) (1 + hosts / 256), (byte) hosts, 7, 7}, 4121);
    }

    private Contact meet() {
        Contact contact = newContact(newEndpoint());
        memory.verified(contact, now, RTT.toNanos());
        return contact;
    }

    private List<Contact> meet(int count) {
        List<Contact> met = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            met.add(meet());
        }
        return met;
    }

    private List<Contact> nearest(int count) {
        return memory.nearest(TARGET, count, now, contact -> true);
    }

    @Test
    void theNearestComeFirst() {
        List<Contact> met = meet(CAPACITY);
        met.sort(Comparator.comparing(Contact::nodeId, TARGET.byDistance()));
        assertThat(nearest(16)).isEqualTo(met.subList(0, 16));
        assertThat(nearest(1000)).isEqualTo(met);
        assertThat(memory.nearest(TARGET, 2, now, contact -> !contact.equals(met.get(1))))
                .containsExactly(met.get(0), met.get(2));
    }

    /** NodeIDs of few different bytes, many of which share their first 64 bits. */
    private Contact newContactInACrowd() {
        byte[] nodeId = new byte[NodeId.LENGTH];
        for (int i : new int[] {0, 1, 7, 8, 20, 31}) {
            nodeId[i] = (byte) (random.nextInt(2) << random.nextInt(2) * 7);
        }
        return new Contact(newContact(newEndpoint()).address(), NodeId.read(nodeId, 0), newEndpoint());
    }

    @Test
    void anyMixOfAnswersFailuresAndLossesLeavesWhatASimpleListHas() {
        List<Contact> model = new ArrayList<>();
        ContactMemory large = memoryOf(1000);
        for (int step = 0; step < 1500; step++) {
            Contact contact = random.nextInt(3) == 0 && !model.isEmpty()
                    ? model.get(random.nextInt(model.size()))
                    : newContactInACrowd();
            model.removeIf(known -> known.nodeId().equals(contact.nodeId()));
            if (random.nextInt(4) == 0) {
                large.drop(contact.nodeId());
            } else {
                Contact at = random.nextInt(4) == 0 ? contact.at(newEndpoint()) : contact;
                large.verified(at, now, RTT.toNanos());
                model.add(at);
            }
            NodeId target = newContactInACrowd().nodeId();
            model.sort(Comparator.comparing(Contact::nodeId, target.byDistance()));
            assertThat(large.nearest(target, 7, now, known -> true))
                    .isEqualTo(model.subList(0, Math.min(7, model.size())));
            assertThat(large.contactOf(contact.nodeId()))
                    .isEqualTo(model.stream()
                            .filter(known -> known.nodeId().equals(contact.nodeId()))
                            .findAny());
        }
        assertThat(large.occupancy().used()).isEqualTo(model.size()).isGreaterThan(30);
    }

    @Test
    void aContactTakesAtMost128BytesWhenAllNetworksDiffer() {
        int contacts = Memory.DEFAULT.maxContacts();
        ContactMemory full = memoryOf(contacts);
        for (int i = 0; i < 2 * contacts; i++) {
            byte[] ip = new byte[16];
            ip[0] = 0x20;
            ip[1] = (byte) (i >> 16);
            ip[2] = (byte) (i >> 8);
            ip[3] = (byte) i;
            full.verified(newContact(Endpoint.of(ip, 4121)), now, RTT.toNanos());
        }
        assertThat(full.occupancy()).isEqualTo(new Occupancy(contacts, contacts));
        assertThat(full.bytes()).isLessThanOrEqualTo(128L * contacts).isLessThanOrEqualTo(2L << 20);
    }

    @Test
    void whatIsRememberedOfAContactComesBackAsItWas() {
        Contact one = newContact(Fixtures.ipv4("cb007107", 4121));
        Contact two = newContact(Fixtures.ipv6(1, 65_535));
        memory.verified(one, now, RTT.toNanos());
        memory.verified(two, now, 0);
        assertThat(memory.contactOf(one.nodeId())).contains(one);
        assertThat(memory.contactOf(two.nodeId())).contains(two);
        assertThat(memory.roundTripTo(one.nodeId())).isEqualTo(RTT.toNanos());
        assertThat(memory.roundTripTo(two.nodeId())).isZero();
        assertThat(memory.roundTripTo(TARGET)).isZero();
    }

    @Test
    void aChangeOfOurOwnNetworkMakesRoundTripTimesUnknown() {
        Contact contact = meet();
        memory.onNetworkChanged(new NodeTime(now, 0));
        assertThat(memory.roundTripTo(contact.nodeId())).isZero();
        assertThat(nearest(1)).containsExactly(contact);
    }

    @Test
    void identitiesOfOneNetworkDisplaceNoOthers() {
        List<Contact> met = meet(CAPACITY - 20);
        pass(Duration.ofMinutes(5));
        for (int i = 0; i < 1000; i++) {
            memory.verified(newContact(Endpoint.of(new byte[] {99, 9, (byte) i, 9}, 4000 + i)), now, RTT.toNanos());
        }
        assertThat(nearest(CAPACITY)).containsAll(met).hasSize(met.size() + 16);
        for (int i = 0; i < 1000; i++) {
            memory.verified(newContact(Endpoint.of(new byte[] {98, 9, 9, (byte) i}, 4000 + i)), now, RTT.toNanos());
        }
        assertThat(nearest(CAPACITY)).containsAll(met).hasSize(met.size() + 16 + 4);
    }

    @Test
    void aNetworkHasRoomAgainWhenItsContactsAreGone() {
        Endpoint site = Fixtures.ipv4("cb007107", 4121);
        List<Contact> four = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            four.add(newContact(site.withPort(5000 + i)));
            memory.verified(four.get(i), now, 0);
        }
        Contact fifth = newContact(site);
        memory.verified(fifth, now, 0);
        assertThat(memory.contactOf(fifth.nodeId())).isEmpty();

        memory.verified(four.get(0).at(newEndpoint()), now, 0);
        memory.verified(fifth, now, 0);
        assertThat(memory.contactOf(fifth.nodeId())).contains(fifth);

        memory.drop(four.get(1).nodeId());
        Contact sixth = newContact(site.withPort(6000));
        memory.verified(sixth, now, 0);
        assertThat(memory.contactOf(sixth.nodeId())).contains(sixth);

        memory.verified(four.get(0), now, 0);
        assertThat(memory.contactOf(four.get(0).nodeId()))
                .as("moved into a full network")
                .isEmpty();
    }

    @Test
    void exemptAddressesHaveNoLimit() {
        ContactMemory open = new ContactMemory(
                new Memory(CAPACITY, 4, Estimate.DEFAULT, PackedContacts::new), endpoint -> true, 1, now);
        for (int i = 0; i < CAPACITY; i++) {
            open.verified(newContact(Fixtures.ipv4("7f000001", 4000 + i)), now, 0);
        }
        assertThat(open.occupancy().used()).isEqualTo(CAPACITY);
    }

    @Test
    void newIdentitiesOfManyNetworksDisplaceFewOfThoseKnownForLong() {
        List<Contact> old = meet(CAPACITY / 2);
        pass(Duration.ofHours(2));
        old.forEach(contact -> memory.verified(contact, now, RTT.toNanos()));
        for (int i = 0; i < 20 * CAPACITY; i++) {
            pass(Duration.ofSeconds(1));
            meet();
        }
        assertThat(nearest(CAPACITY)).filteredOn(old::contains).hasSizeGreaterThan(CAPACITY / 2 - 5);
    }

    @Test
    void aContactIsLessLikelyThereTheLongerItWasNotHeard() {
        Contact fresh = meet();
        assertThat(memory.chanceOf(fresh.nodeId(), now)).isEqualTo(1);
        pass(Duration.ofMinutes(30));
        assertThat(memory.chanceOf(fresh.nodeId(), now)).isEqualTo(0.5);
        memory.verified(fresh, now, RTT.toNanos());
        pass(Duration.ofMinutes(30));
        assertThat(memory.chanceOf(fresh.nodeId(), now))
                .as("known for half an hour")
                .isCloseTo(2 / 3.0, within(0.005));
        assertThat(memory.chanceOf(TARGET, now)).isZero();
    }

    @Test
    void whereContactsStayTheyAreTakenToBeThereForLonger() {
        Contact silent = meet();
        for (int round = 0; round < 4; round++) {
            List<Contact> others = meet(CAPACITY - 1);
            pass(Duration.ofMinutes(25));
            others.forEach(other -> memory.verified(other, now, RTT.toNanos()));
            others.forEach(other -> memory.drop(other.nodeId()));
        }
        assertThat(memory.chanceOf(silent.nodeId(), now))
                .as("four hours before it answered, and 100 minutes after")
                .isEqualTo(240 / 340.0);
    }

    /** A datagram that is lost, or a node that left a moment after its answer, says little of the others. */
    @Test
    void failuresRightAfterAnAnswerSayNothingOfOthers() {
        Contact contact = meet();
        meet(50).forEach(other -> memory.failed(other.nodeId(), now));
        pass(Duration.ofMinutes(30));
        assertThat(memory.chanceOf(contact.nodeId(), now)).isEqualTo(0.5);
    }

    @Test
    void lookupsDoNotBeginAtAContactNotHeardForLong() {
        Contact once = meet();
        pass(Duration.ofMinutes(30));
        assertThat(nearest(2)).containsExactly(once);
        pass(Duration.ofMillis(100));
        assertThat(nearest(2)).isEmpty();
        memory.verified(once, now, RTT.toNanos());
        pass(Duration.ofHours(1));
        assertThat(nearest(2)).as("known for half an hour by now").containsExactly(once);
    }

    @Test
    void aContactThatIsHardlyThereIsForgotten() {
        meet(10);
        pass(Duration.ofHours(5));
        Contact other = meet();
        for (int i = 0; i < 12; i++) {
            memory.verified(other, now, RTT.toNanos());
        }
        assertThat(memory.occupancy().used()).isEqualTo(1);
    }

    @Test
    void aDeadContactFallsAndIsForgottenAfterItsPenalty() {
        Contact dead = meet();
        memory.failed(dead.nodeId(), now);
        assertThat(nearest(2)).isEmpty();
        assertThat(memory.isSilent(dead.nodeId(), now))
                .as("one datagram may be lost")
                .isFalse();
        memory.failed(dead.nodeId(), now);
        assertThat(memory.isSilent(dead.nodeId(), now)).isTrue();

        pass(Duration.ofMinutes(5).minusMillis(100));
        Contact other = meet();
        assertThat(memory.isSilent(dead.nodeId(), now)).isTrue();
        assertThat(memory.occupancy().used()).isEqualTo(2);
        pass(Duration.ofMillis(100));
        assertThat(memory.isSilent(dead.nodeId(), now)).isFalse();
        memory.verified(other, now, RTT.toNanos());
        memory.verified(other, now, RTT.toNanos());
        assertThat(memory.contactOf(dead.nodeId())).isEmpty();
    }

    /** Otherwise two halves of a network that were apart for minutes would ignore each other for more than an hour. */
    @Test
    void manyFailuresOfOneOutageCountAsTwo() {
        Contact contact = meet();
        for (int i = 0; i < 60; i++) {
            memory.failed(contact.nodeId(), now);
            pass(Duration.ofSeconds(2));
        }
        pass(Duration.ofMinutes(3));
        assertThat(memory.isSilent(contact.nodeId(), now)).isTrue();
        pass(Duration.ofSeconds(2));
        assertThat(memory.isSilent(contact.nodeId(), now)).isFalse();
        memory.failed(contact.nodeId(), now);
        pass(Duration.ofMinutes(10).minusMillis(100));
        assertThat(memory.isSilent(contact.nodeId(), now))
                .as("asked again, twice as long")
                .isTrue();
        pass(Duration.ofMillis(100));
        assertThat(memory.isSilent(contact.nodeId(), now)).isFalse();
    }

    @Test
    void aContactThatComesBackIsKnownSinceThen() {
        Contact contact = meet();
        pass(Duration.ofHours(3));
        memory.failed(contact.nodeId(), now);
        memory.failed(contact.nodeId(), now);
        memory.verified(contact, now, RTT.toNanos());
        assertThat(memory.isSilent(contact.nodeId(), now)).isFalse();
        assertThat(nearest(2)).containsExactly(contact);
        pass(Duration.ofMinutes(30));
        assertThat(memory.chanceOf(contact.nodeId(), now)).isCloseTo(0.5, within(0.005));
    }

    @Test
    void aNodeIsVerifiedWhereItAnsweredLastAndWhenItDid() {
        Contact contact = meet();
        long then = now;
        pass(Duration.ofSeconds(2));
        assertThat(memory.isVerifiedSince(contact.nodeId(), contact.endpoint().withPort(9), then))
                .isTrue();
        assertThat(memory.isVerifiedSince(contact.nodeId(), contact.endpoint(), now))
                .isFalse();
        assertThat(memory.isVerifiedSince(contact.nodeId(), newEndpoint(), then))
                .isFalse();
        assertThat(memory.isVerifiedSince(TARGET, contact.endpoint(), then)).isFalse();
        Contact moved = contact.at(newEndpoint());
        memory.verified(moved, now, RTT.toNanos());
        assertThat(nearest(2)).containsExactly(moved);
        assertThat(memory.contactOf(contact.nodeId())).isEqualTo(Optional.of(moved));
    }
}
