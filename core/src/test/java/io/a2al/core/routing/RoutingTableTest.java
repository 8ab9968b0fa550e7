package io.a2al.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.routing.RoutingTable.Evidence;
import io.a2al.core.routing.RoutingTable.Offer;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.testing.Fixtures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {

    private static final NodeId SELF = Fixtures.A.nodeId();

    private static Contact genuine(RandomGenerator random) {
        byte[] address = Fixtures.random(random, Address.LENGTH).toArray();
        address[0] = (byte) Address.NATIVE;
        return Contact.of(Address.of(Bytes.copyOf(address)), Fixtures.ipv4("cb007107", 1 + random.nextInt(65_535)));
    }

    private static Contact genuineIn(RoutingTable table, int bucket, RandomGenerator random) {
        Contact contact = genuine(random);
        while (table.bucketIndex(contact.nodeId()) != bucket) {
            contact = genuine(random);
        }
        return contact;
    }

    /** Returns a made-up contact in the bucket with this index; no hashing finds real ones for deep buckets. */
    private static Contact invented(RoutingTable table, int bucket, RandomGenerator random) {
        Contact genuine = genuine(random);
        return new Contact(genuine.address(), table.randomIdIn(bucket, random), genuine.endpoint());
    }

    private static RoutingTable withInventedContacts(long seed, int offers) {
        RandomGenerator random = new SplittableRandom(seed);
        RoutingTable table = new RoutingTable(NodeId.of(Fixtures.random(random, 32)), contact -> true);
        for (int i = 0; i < offers; i++) {
            int bucket = random.nextBoolean() ? random.nextInt(NodeId.BITS) : random.nextInt(6);
            table.offer(invented(table, bucket, random), Evidence.VERIFIED, i);
        }
        return table;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nearestIsWhatSortingGives(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        RoutingTable table = withInventedContacts(seed, random.nextInt(400));
        NodeId self = table.randomIdIn(0, random);
        for (int i = 0; i < 60; i++) {
            NodeId target = switch (i % 3) {
                case 0 -> NodeId.of(Fixtures.random(random, 32));
                case 1 -> table.randomIdIn(random.nextInt(NodeId.BITS), random);
                default -> table.contacts().isEmpty() ? self : anyOf(table, random);
            };
            int count = random.nextInt(40);
            boolean even = random.nextBoolean();
            List<Contact> expected = table.contacts().stream()
                    .filter(contact -> even || contact.endpoint().port() % 2 == 0)
                    .sorted((a, b) -> target.compareDistance(a.nodeId(), b.nodeId()))
                    .limit(count)
                    .toList();
            assertThat(table.nearest(
                            target, count, contact -> even || contact.endpoint().port() % 2 == 0))
                    .isEqualTo(expected);
        }
    }

    private static NodeId anyOf(RoutingTable table, RandomGenerator random) {
        List<Contact> all = table.contacts();
        return all.get(random.nextInt(all.size())).nodeId();
    }

    @Test
    void nearestToOurselvesIsWhatSortingGives() {
        RandomGenerator random = new SplittableRandom(3);
        RoutingTable table = new RoutingTable(SELF);
        for (int i = 0; i < 200; i++) {
            table.offer(genuine(random), Evidence.VERIFIED, i);
        }
        List<Contact> expected = table.contacts().stream()
                .sorted((a, b) -> SELF.compareDistance(a.nodeId(), b.nodeId()))
                .limit(16)
                .toList();
        assertThat(table.nearest(SELF, 16, contact -> true)).isEqualTo(expected).hasSize(16);
    }

    /** Against a model: a list per bucket, the most recent last. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void followsItsModel(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        RoutingTable table = new RoutingTable(SELF);
        Map<Integer, List<Contact>> model = new TreeMap<>();
        List<Contact> pool = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            pool.add(genuine(random));
        }
        for (int i = 0; i < 2000; i++) {
            Contact contact =
                    pool.get(random.nextInt(pool.size())).at(Fixtures.ipv4("cb007107", 1 + random.nextInt(3)));
            List<Contact> bucket =
                    model.computeIfAbsent(SELF.commonPrefixLength(contact.nodeId()), index -> new ArrayList<>());
            Optional<Contact> known = bucket.stream()
                    .filter(held -> held.nodeId().equals(contact.nodeId()))
                    .findFirst();
            switch (random.nextInt(8)) {
                case 0 -> {
                    assertThat(table.remove(contact.nodeId())).isEqualTo(known.isPresent());
                    known.ifPresent(bucket::remove);
                }
                case 1 -> {
                    table.touch(contact.nodeId());
                    known.ifPresent(held -> moveToEnd(bucket, held, held));
                }
                case 2, 3 -> {
                    Offer expected = known.isPresent() ? Offer.KNOWN : bucket.size() < 16 ? Offer.INSERTED : Offer.FULL;
                    assertThat(table.offer(contact, Evidence.REPORTED, i)).isEqualTo(expected);
                    if (expected == Offer.INSERTED) {
                        bucket.add(contact);
                    }
                }
                default -> {
                    Offer expected = known.isPresent() ? Offer.KNOWN : bucket.size() < 16 ? Offer.INSERTED : Offer.FULL;
                    assertThat(table.offer(contact, Evidence.VERIFIED, i)).isEqualTo(expected);
                    known.ifPresent(held -> moveToEnd(bucket, held, contact));
                    if (expected == Offer.INSERTED) {
                        bucket.add(contact);
                    }
                }
            }
            List<Contact> expected =
                    model.values().stream().flatMap(List::stream).toList();
            assertThat(table.contacts()).isEqualTo(expected);
            assertThat(table.size()).isEqualTo(expected.size());
            model.forEach((index, held) -> {
                assertThat(table.bucketSize(index)).isEqualTo(held.size()).isLessThanOrEqualTo(RoutingTable.K);
            });
            assertThat(table.oldestInBucketOf(contact.nodeId()))
                    .isEqualTo(bucket.isEmpty() ? Optional.empty() : Optional.of(bucket.getFirst()));
        }
        assertThat(table.bucketSize(0)).isEqualTo(RoutingTable.K);
    }

    /** Offers a contact as one that answered is offered. */
    private static void offerVerified(RoutingTable table, Contact contact) {
        if (table.offer(contact, Evidence.VERIFIED, 0) == Offer.FULL) {
            boolean room = table.hasRoomFor(contact);
            assertThat(table.offerNeighbour(contact, 0)).isEqualTo(room ? Offer.INSERTED : Offer.FULL);
        }
    }

    /** Otherwise nodes near to each other would not find each other where a bucket is full of farther ones. */
    @Test
    void theSixteenNearestThatAnsweredAreKnownWhateverFilledTheBucketBefore() {
        RandomGenerator random = new SplittableRandom(17);
        RoutingTable table = new RoutingTable(SELF);
        List<Contact> offered = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Contact contact = i < 5 ? genuineIn(table, 3, random) : genuineIn(table, i % 3, random);
            offered.add(contact);
            offerVerified(table, contact);
        }
        offered.sort(Comparator.comparing(Contact::nodeId, SELF.byDistance()));
        assertThat(table.nearest(SELF, 16, contact -> true)).isEqualTo(offered.subList(0, 16));
    }

    @Test
    void contactsBeyondTheSixteenNearestKeepTheirPlacesWhateverComesNear() {
        RandomGenerator random = new SplittableRandom(18);
        RoutingTable table = new RoutingTable(SELF);
        for (int i = 0; i < 12; i++) {
            table.offer(genuineIn(table, 2, random), Evidence.VERIFIED, i);
        }
        List<Contact> early = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            early.add(genuineIn(table, 1, random));
            table.offer(early.getLast(), Evidence.VERIFIED, i);
        }
        for (int i = 0; i < 500; i++) {
            Contact near = genuineIn(table, 1, random);
            Offer offer = table.offer(near, Evidence.REPORTED, i);
            assertThat(offer).as("what peers report").isEqualTo(Offer.FULL);
            offerVerified(table, near);
        }
        early.sort(Comparator.comparing(Contact::nodeId, SELF.byDistance()));
        assertThat(table.contacts()).containsAll(early.subList(4, 16));
        assertThat(table.bucketSize(1)).isEqualTo(16);
    }

    /** Against the definition: nearer than the sixteenth nearest, where buckets beyond have contacts. */
    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34})
    void aFullBucketHasRoomForThoseThatAreAmongTheSixteenNearest(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        RoutingTable table = new RoutingTable(SELF);
        int withRoom = 0;
        int without = 0;
        for (int i = 0; i < 600; i++) {
            Contact newcomer = genuineIn(table, Math.min(random.nextInt(5), random.nextInt(5)), random);
            int index = table.bucketIndex(newcomer.nodeId());
            if (table.bucketSize(index) == RoutingTable.K) {
                List<Contact> nearest = table.nearest(SELF, RoutingTable.K, contact -> true);
                boolean beyond = nearest.stream().anyMatch(contact -> table.bucketIndex(contact.nodeId()) > index);
                boolean near =
                        SELF.isNearer(newcomer.nodeId(), nearest.getLast().nodeId());
                assertThat(table.hasRoomFor(newcomer)).isEqualTo(beyond && near);
                withRoom += beyond && near ? 1 : 0;
                without += beyond && near ? 0 : 1;
            }
            if (random.nextInt(5) == 0 && table.size() > 0) {
                List<Contact> contacts = table.contacts();
                table.remove(contacts.get(random.nextInt(contacts.size())).nodeId());
            }
            offerVerified(table, newcomer);
        }
        assertThat(withRoom).isPositive();
        assertThat(without).isPositive();
    }

    private static void moveToEnd(List<Contact> bucket, Contact held, Contact now) {
        bucket.remove(held);
        bucket.add(now);
    }

    @Test
    void neverHoldsItselfOrAContactThatNoNodeCanHave() {
        RandomGenerator random = new SplittableRandom(21);
        RoutingTable table = new RoutingTable(SELF);
        Contact good = genuine(random);
        byte[] foreign = good.address().toArray();
        foreign[0] = (byte) 0xA1;
        List<Contact> bad = List.of(
                Contact.of(Fixtures.A.address(), Fixtures.observed()),
                new Contact(good.address(), good.nodeId().flipBit(200), good.endpoint()),
                Contact.of(Address.of(Bytes.copyOf(foreign)), good.endpoint()),
                good.at(good.endpoint().withPort(0)),
                good.at(Fixtures.ipv4("00000000", 4121)),
                good.at(Fixtures.ipv4("e0000001", 4121)),
                good.at(Fixtures.ipv4("ffffffff", 4121)));
        for (Contact contact : bad) {
            assertThat(table.offer(contact, Evidence.VERIFIED, 1))
                    .as(contact.toString())
                    .isEqualTo(Offer.REFUSED);
            assertThat(table.offer(contact, Evidence.REPORTED, 1))
                    .as(contact.toString())
                    .isEqualTo(Offer.REFUSED);
        }
        assertThat(table.contacts()).isEmpty();
        assertThat(table.offer(good, Evidence.VERIFIED, 1)).isEqualTo(Offer.INSERTED);
        assertThat(table.offer(bad.get(3), Evidence.VERIFIED, 2)).isEqualTo(Offer.REFUSED);
        assertThat(table.find(good.nodeId())).contains(good);
        assertThat(table.find(SELF)).isEmpty();
        assertThat(table.remove(SELF)).isFalse();
        assertThat(table.bucketIndex(SELF)).isEqualTo(-1);
    }

    @Test
    void hearsayChangesNothingThatIsThere() {
        RandomGenerator random = new SplittableRandom(22);
        RoutingTable table = new RoutingTable(SELF);
        Contact first = genuineIn(table, 0, random);
        Contact second = genuineIn(table, 0, random);
        table.offer(first, Evidence.VERIFIED, 5);
        table.offer(second, Evidence.VERIFIED, 6);
        Contact elsewhere = first.at(Fixtures.ipv4("c6336401", 1));
        assertThat(table.offer(elsewhere, Evidence.REPORTED, 7)).isEqualTo(Offer.KNOWN);
        assertThat(table.contacts()).containsExactly(first, second);
        assertThat(table.isVerifiedSince(first.nodeId(), 6)).isFalse();
    }

    @Test
    void remembersWhenAContactAnswered() {
        RandomGenerator random = new SplittableRandom(23);
        RoutingTable table = new RoutingTable(SELF);
        Contact proven = genuine(random);
        Contact rumoured = genuine(random);
        // The clock's origin is arbitrary, so times may be negative.
        table.offer(proven, Evidence.VERIFIED, -50);
        table.offer(rumoured, Evidence.REPORTED, -50);
        assertThat(table.isVerifiedSince(proven.nodeId(), -50)).isTrue();
        assertThat(table.isVerifiedSince(proven.nodeId(), -49)).isFalse();
        assertThat(table.isVerifiedSince(rumoured.nodeId(), -50)).isFalse();
        assertThat(table.isVerifiedSince(genuine(random).nodeId(), -50)).isFalse();
        table.offer(rumoured, Evidence.VERIFIED, 10);
        assertThat(table.isVerifiedSince(rumoured.nodeId(), 10)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 63, 64, 100, 127, 128, 200, 254, 255})
    void randomIdsFallIntoTheirBucket(int bucket) {
        RandomGenerator random = new SplittableRandom(31);
        RoutingTable table = new RoutingTable(SELF);
        for (int i = 0; i < 50; i++) {
            assertThat(table.bucketIndex(table.randomIdIn(bucket, random))).isEqualTo(bucket);
        }
        if (bucket <= 200) {
            assertThat(table.randomIdIn(bucket, random)).isNotEqualTo(table.randomIdIn(bucket, random));
        }
    }

    @Test
    void replacementsWaitTheLatestFirstAndNotTooMany() {
        RandomGenerator random = new SplittableRandom(41);
        RoutingTable table = new RoutingTable(SELF);
        List<Contact> newcomers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            newcomers.add(genuineIn(table, 0, random));
            table.addReplacement(newcomers.getLast());
        }
        Contact elsewhere = genuineIn(table, 1, random);
        table.addReplacement(newcomers.get(14));
        table.addReplacement(elsewhere);

        List<Contact> taken = new ArrayList<>();
        NodeId inBucket = newcomers.getFirst().nodeId();
        while (table.hasReplacement(inBucket)) {
            taken.add(table.takeReplacement(inBucket).orElseThrow());
        }
        List<Contact> expected = new ArrayList<>(List.of(newcomers.get(14)));
        for (int i = 19; i >= 12; i--) {
            if (i != 14) {
                expected.add(newcomers.get(i));
            }
        }
        assertThat(taken).isEqualTo(expected).hasSize(Bucket.MAX_REPLACEMENTS);
        assertThat(table.takeReplacement(inBucket)).isEmpty();
        assertThat(table.takeReplacement(elsewhere.nodeId())).contains(elsewhere);
    }

    @Test
    void aContactThatGetsAPlaceNoLongerWaitsForOne() {
        RandomGenerator random = new SplittableRandom(42);
        RoutingTable table = new RoutingTable(SELF);
        Contact newcomer = genuineIn(table, 0, random);
        table.addReplacement(newcomer);
        assertThat(table.hasReplacement(newcomer.nodeId())).isTrue();
        table.offer(newcomer, Evidence.VERIFIED, 1);
        assertThat(table.hasReplacement(newcomer.nodeId())).isFalse();
    }

    @Test
    void theMostIdleBucketIsTheOneWithoutALookupForLongest() {
        RandomGenerator random = new SplittableRandom(51);
        RoutingTable table = new RoutingTable(SELF);
        assertThat(table.mostIdleBucket(1000, 0)).isEmpty();
        table.offer(genuineIn(table, 3, random), Evidence.VERIFIED, 0);
        assertThat(table.lastToRefresh()).isEqualTo(3);
        assertThat(table.mostIdleBucket(-1000, 0)).as("never looked up").contains(0);
        table.noteLookup(table.randomIdIn(0, random), -5000);
        assertThat(table.mostIdleBucket(-1000, 0)).contains(1);
        for (int i = 0; i <= 3; i++) {
            table.noteLookup(table.randomIdIn(i, random), 100 + 10 * ((i + 2) % 4));
        }
        // Noted at 120, 130, 100, 110.
        assertThat(table.mostIdleBucket(1000, 0)).contains(2);
        table.noteLookup(table.randomIdIn(2, random), 140);
        assertThat(table.mostIdleBucket(1000, 0)).contains(3);
        assertThat(table.mostIdleBucket(111, 0)).contains(3);
        assertThat(table.mostIdleBucket(110, 0)).isEmpty();
    }

    /**
     * 10 contacts in bucket 2, 15 beyond it: looking up ourselves finds those, and bucket 2 needs a lookup of its own.
     */
    @Test
    void bucketsOfTheNeighbourhoodNeedNoLookupsOfTheirOwn() {
        RandomGenerator random = new SplittableRandom(52);
        RoutingTable table = new RoutingTable(SELF);
        assertThat(table.lastToRefresh()).isEqualTo(-1);
        for (int i = 0; i < 15; i++) {
            table.offer(genuineIn(table, 3 + i % 3, random), Evidence.VERIFIED, 0);
        }
        assertThat(table.lastToRefresh()).as("few are known").isEqualTo(5);
        for (int i = 0; i < 10; i++) {
            table.offer(genuineIn(table, 2, random), Evidence.VERIFIED, 0);
        }
        assertThat(table.lastToRefresh()).isEqualTo(2);
        for (int i = 0; i <= 2; i++) {
            table.noteLookup(table.randomIdIn(i, random), 100);
        }
        assertThat(table.mostIdleBucket(111, 11)).isEmpty();
        table.offer(genuineIn(table, 4, random), Evidence.VERIFIED, 0);
        assertThat(table.lastToRefresh()).as("16 from bucket 3 on").isEqualTo(3);
        assertThat(table.mostIdleBucket(111, 11)).contains(3);
    }

    @Test
    void anEndpointOfEitherFamilyIsKept() {
        RandomGenerator random = new SplittableRandom(61);
        RoutingTable table = new RoutingTable(SELF);
        Endpoint ipv6 = Fixtures.ipv6(1, 4121);
        Contact contact = genuine(random).at(ipv6);
        table.offer(contact, Evidence.VERIFIED, 1);
        assertThat(table.find(contact.nodeId()).map(Contact::endpoint)).contains(ipv6);
    }
}
