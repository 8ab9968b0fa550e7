package io.a2al.core.republish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.api.PublicationState;
import io.a2al.core.testing.TestRecords;
import io.a2al.core.testing.VirtualNetwork;
import io.a2al.core.testing.VirtualNetwork.Node;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How records outlast their publishers in a network (known-defects D-34). */
class RepublisherInNetworkTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long WEEK = Duration.ofDays(7).toSeconds();

    private static VerifiedRecord publish(VirtualNetwork network, Node publisher, long ttl) {
        VerifiedRecord record =
                TestRecords.endpoint(publisher.identity(), "x", 1, network.now().unixSeconds(), ttl);
        Command publish = new Command.Publish(publisher.id(), record);
        assertThat(network.call(Outcome.Stored.class, publisher, publish)).isEqualTo(new Outcome.Stored(8, 8));
        return record;
    }

    private static boolean holds(VirtualNetwork network, Node node, VerifiedRecord record) {
        return node.core()
                .store()
                .peekAll(record.addressId(), RecordType.ANY, network.now().unixSeconds())
                .contains(record);
    }

    private static long holders(VirtualNetwork network, VerifiedRecord record) {
        return network.nodes().stream()
                .filter(node -> node.isAlive() && holds(network, node, record))
                .count();
    }

    private static boolean isFound(VirtualNetwork network, Node asker, VerifiedRecord record) {
        Command find = new Command.FindRecords(record.addressId(), RecordType.ENDPOINT, Command.Want.NEWEST, TIMEOUT);
        return network.call(Outcome.Records.class, asker, find).records().contains(record);
    }

    private static List<Node> living(VirtualNetwork network) {
        return network.nodes().stream().filter(Node::isAlive).toList();
    }

    private static long total(VirtualNetwork network, ToLongFunction<RepublishStatistics> number) {
        return network.nodes().stream()
                .mapToLong(node -> number.applyAsLong(node.core().statistics().custody()))
                .sum();
    }

    @Test
    void d34_recordsOutliveTheirPublishersThroughThirtySixHoursOfChurn() {
        VirtualNetwork network = new VirtualNetwork(41);
        List<Node> nodes = network.grow(22);
        List<VerifiedRecord> records = new ArrayList<>();
        List<Node> publishers = nodes.subList(10, 16);
        publishers.forEach(publisher -> records.add(publish(network, publisher, WEEK)));
        network.runUntilIdle(Duration.ofMinutes(1));
        publishers.forEach(network::kill);
        Random random = new Random(1);
        for (int hour = 0; hour < 36; hour++) {
            List<Node> living = living(network);
            // The first node stays, as the one that others join through.
            network.kill(living.get(1 + random.nextInt(living.size() - 1)));
            network.grow(1);
            network.runFor(Duration.ofHours(1));
        }
        assertThat(living(network)).as("the publishers are gone").doesNotContainAnyElementsOf(publishers);
        for (VerifiedRecord record : records) {
            for (Node asker :
                    List.of(living(network).getFirst(), living(network).getLast())) {
                assertThat(isFound(network, asker, record)).isTrue();
            }
            assertThat(holders(network, record)).isGreaterThanOrEqualTo(8);
        }
        long republished = total(network, RepublishStatistics::republished);
        assertThat(republished).as("mostly one holder republishes for all").isBetween(6L * 20, 6L * 36 * 2);
    }

    /** A fifth of the records was missing when holders left them to nearer nodes that had gone. */
    @Test
    void d34_aNearerNewcomerHasTheRecordsAlthoughTheirPublisherIsGone() {
        int near = 0;
        int missing = 0;
        long offered = 0;
        for (int seed : new int[] {42, 106, 111, 124}) {
            VirtualNetwork network = new VirtualNetwork(seed);
            List<Node> nodes = network.grow(30);
            List<VerifiedRecord> records = new ArrayList<>();
            List<Node> publishers = nodes.subList(5, 15);
            publishers.forEach(publisher -> records.add(publish(network, publisher, WEEK)));
            network.runFor(Duration.ofMinutes(5));
            publishers.forEach(network::kill);
            network.runFor(Duration.ofMinutes(40));
            for (int i = 0; i < 4; i++) {
                Node newcomer = network.grow(1).getLast();
                network.runFor(Duration.ofSeconds(30));
                for (VerifiedRecord record : records) {
                    if (network.livingByDistance(record.addressId())
                            .subList(0, 7)
                            .contains(newcomer)) {
                        near++;
                        missing += holds(network, newcomer, record) ? 0 : 1;
                    }
                }
            }
            offered += total(network, RepublishStatistics::offered);
            assertThat(total(network, RepublishStatistics::republished)).isZero();
        }
        assertThat(near).isGreaterThan(30);
        assertThat(missing).as("of %d", near).isLessThanOrEqualTo(near / 20);
        assertThat(offered)
                .as("by two holders, and perhaps by some that do not know all nearer nodes")
                .isBetween((long) near - missing, 4L * near);
    }

    /** They say no to a record that they have; they are not suspected for that, and no other node is asked. */
    @Test
    void d34_nodesOfTheOlderProtocolVersionAreNotSuspected() {
        VirtualNetwork network = new VirtualNetwork(43);
        List<Node> nodes = network.grow(12);
        nodes.subList(2, 12).forEach(network::makeOlder);
        VerifiedRecord record = publish(network, nodes.get(2), WEEK);
        network.kill(nodes.get(2));
        network.runFor(Duration.ofHours(6));
        assertThat(holders(network, record)).isGreaterThanOrEqualTo(8);
        assertThat(total(network, RepublishStatistics::republished)).isBetween(4L, 14L);
        for (Node node : living(network)) {
            assertThat(node.core().statistics().table().contacts().used()).isEqualTo(10);
        }
    }

    @Test
    void d34_aRecordThatItsPublisherRenewsInTimeIsNotRepublished() {
        VirtualNetwork network = new VirtualNetwork(44);
        List<Node> nodes = network.grow(20);
        Node publisher = nodes.get(5);
        long publication =
                network.submit(publisher, new Command.Publish(publisher.id(), endpoint(network, publisher, 1)));
        for (int i = 2; i < 12; i++) {
            network.runFor(Duration.ofMinutes(30));
            network.call(
                    Outcome.Stored.class, publisher, new Command.Renew(publication, endpoint(network, publisher, i)));
        }
        assertThat(total(network, RepublishStatistics::republished)).isZero();
        assertThat(total(network, RepublishStatistics::offered)).isZero();
    }

    private static VerifiedRecord endpoint(VirtualNetwork network, Node publisher, long sequence) {
        return TestRecords.endpoint(
                publisher.identity(), "x", sequence, network.now().unixSeconds(), 3600);
    }

    /**
     * Any twenty of fifty die at once. Which records survive that is a matter of luck only if all eight holders and the
     * publisher are among them; here a record's whole neighbourhood dies, but not its publisher, for one record, and
     * the others are left to chance.
     */
    @ParameterizedTest
    @ValueSource(longs = {51, 52})
    void d34_twentyOfFiftyDieAtOnceAndEveryRecordIsFoundAndHasEightHoldersAgain(long seed) {
        VirtualNetwork network = new VirtualNetwork(seed);
        List<Node> nodes = network.grow(50);
        List<Node> publishers = nodes.subList(10, 22);
        List<VerifiedRecord> records = new ArrayList<>();
        List<Long> publications = new ArrayList<>();
        for (Node publisher : publishers) {
            VerifiedRecord record = TestRecords.endpoint(
                    publisher.identity(), "x", 1, network.now().unixSeconds(), WEEK);
            records.add(record);
            publications.add(network.submit(publisher, new Command.Publish(publisher.id(), record)));
            assertThat(network.await(publications.getLast())).isEqualTo(new Outcome.Stored(8, 8));
        }
        network.runFor(Duration.ofMinutes(20));
        Node spared = publishers.getFirst();
        List<Node> victims =
                new ArrayList<>(network.livingByDistance(spared.id()).subList(1, 9));
        List<Node> others = new ArrayList<>(nodes.subList(1, 50));
        others.removeAll(victims);
        others.remove(spared);
        Collections.shuffle(others, new Random(seed));
        victims.addAll(others.subList(0, 12));
        victims.forEach(network::kill);
        assertThat(living(network)).hasSize(30);

        network.runFor(Duration.ofMinutes(15));
        int alive = 0;
        for (int i = 0; i < publishers.size(); i++) {
            VerifiedRecord record = records.get(i);
            for (Node asker : living(network)) {
                assertThat(isFound(network, asker, record)).isTrue();
            }
            if (publishers.get(i).isAlive()) {
                alive++;
                PublicationState state = publishers
                        .get(i)
                        .core()
                        .publication(network.now(), publications.get(i))
                        .orElseThrow();
                assertThat(state.confirmed()).isEqualTo(8);
            }
        }
        assertThat(alive).isBetween(1, publishers.size() - 1);

        network.runFor(Duration.ofHours(2));
        for (VerifiedRecord record : records) {
            List<Node> nearest = network.livingByDistance(record.addressId()).subList(0, 8);
            assertThat(nearest).as("the others, too").allMatch(node -> holds(network, node, record));
        }
    }
}
