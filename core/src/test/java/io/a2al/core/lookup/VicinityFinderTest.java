package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.bounds.NetworkLevel;
import io.a2al.core.guard.SubnetShare;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.liveness.PeerHealthSettings;
import io.a2al.core.routing.ContactMemory;
import io.a2al.core.routing.KeyDensity;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingSettings;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.routing.RoutingTable.Evidence;
import io.a2al.core.routing.SeenPeers;
import io.a2al.core.rpc.OwnAddressProofs;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookups in a network whose nodes answer at once; accomplices of an attacker name only each other. */
class VicinityFinderTest {

    private static final NodeTime NOW = new NodeTime(Duration.ofMinutes(5).toNanos(), Fixtures.NOW);
    private static final NodeId KEY = NodeId.ZERO;
    private static final NodeId SELF = KEY.flipBit(0);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final SubnetShare SHARE = new SubnetShare(1, endpoint -> false);
    private static final RoutingSettings.Vicinity SETTINGS = RoutingSettings.Vicinity.DEFAULT;

    private SplittableRandom random = new SplittableRandom(1);
    private final List<Contact> honest = new ArrayList<>();
    private final List<Contact> accomplices = new ArrayList<>();
    private final RoutingTable table = new RoutingTable(SELF, contact -> true);
    private final ContactMemory memory =
            new ContactMemory(RoutingSettings.Memory.DEFAULT.withMaxContacts(512), endpoint -> true, 1, 0);
    private final PeerHealth health = new PeerHealth(PeerHealthSettings.DEFAULT, 16);
    private final Peers peers = new Peers(table, memory, new SeenPeers(16), health, new OwnAddressProofs(TIMEOUT, 16));
    private final VicinityFinder finder =
            new VicinityFinder(new KeyDensity(SETTINGS), SHARE, peers, random, this::findNodes);

    private final Map<NodeId, RoutingTable> tables = new HashMap<>();
    private final List<Integer> bits = new ArrayList<>();
    private final List<List<Contact>> seeded = new ArrayList<>();
    private final List<List<Contact>> heard = new ArrayList<>();
    private final List<Duration> timeouts = new ArrayList<>();
    private Duration timeOfALookup = Duration.ZERO;
    private int lookups;
    private int requests;

    /** Honest nodes, of which the table knows the first, as if the network were so large. */
    private void network(int size, int known) {
        for (int i = 0; i < size; i++) {
            honest.add(contact(NodeId.of(Fixtures.random(random, NodeId.LENGTH)), "2d%06x".formatted(i << 8)));
        }
        honest.subList(0, known).forEach(node -> table.offer(node, Evidence.VERIFIED, 0));
    }

    /** Identities nearer to the key than all honest nodes, each in a /16 of its own. */
    private void surround(int count) {
        int bits = honest.stream()
                        .mapToInt(node -> KEY.commonPrefixLength(node.nodeId()))
                        .max()
                        .orElseThrow()
                + 1;
        for (int i = 0; i < count; i++) {
            String ip = "%02x%02x0101".formatted(0x50 + i / 256, i % 256);
            accomplices.add(contact(RoutingTable.randomIdBeside(KEY, bits, random), ip));
        }
    }

    private static Contact contact(NodeId nodeId, String ip) {
        Endpoint endpoint = Fixtures.ipv4(ip, 4121);
        return new Contact(Fixtures.A.address(), nodeId, endpoint);
    }

    /** Answers as a node with a routing table of its own does; an accomplice names others of them only. */
    private List<Contact> answer(Contact from, NodeId target) {
        if (accomplices.contains(from)) {
            return accomplices.stream()
                    .sorted((a, b) -> target.compareDistance(a.nodeId(), b.nodeId()))
                    .limit(RoutingTable.K)
                    .toList();
        }
        return tables.computeIfAbsent(from.nodeId(), this::tableOf).nearest(target, RoutingTable.K, contact -> true);
    }

    private RoutingTable tableOf(NodeId node) {
        List<Contact> all = new ArrayList<>(honest);
        all.addAll(accomplices);
        Collections.shuffle(all, new Random(node.prefix()));
        RoutingTable known = new RoutingTable(node, contact -> true);
        all.forEach(contact -> known.offer(contact, Evidence.VERIFIED, 0));
        return known;
    }

    private List<Contact> seeds(NodeId target, Goal goal) {
        List<Contact> seeds =
                new ArrayList<>(table.nearest(target, RoutingTable.K, contact -> goal.admits(contact.nodeId())));
        seeds.addAll(goal.seeds());
        return seeds;
    }

    private boolean findNodes(
            NodeTime now, NodeId target, Goal goal, Duration timeout, LookupRunner.Completion completion) {
        lookups++;
        Lookup lookup = lookUp(target, goal);
        bits.add(KEY.commonPrefixLength(target));
        seeded.add(goal.seeds());
        heard.add(lookup.heard());
        timeouts.add(timeout);
        completion.onDone(later(now, timeOfALookup), lookup);
        return true;
    }

    private static NodeTime later(NodeTime now, Duration by) {
        return new NodeTime(now.nanos() + by.toNanos(), now.unixSeconds());
    }

    private Lookup lookUp(NodeId target) {
        return lookUp(target, new FindNodes());
    }

    private Lookup lookUp(NodeId target, Goal goal) {
        LookupPlan plan = new LookupPlan(
                new LookupSettings.Parallelism(4, 4),
                new LookupPlan.Pace(1, 0),
                new LookupPlan.Breadth(RoutingTable.K, 256, 1),
                new SubnetShare(2, endpoint -> false),
                LookupSettings.Repetition.DEFAULT);
        Lookup lookup = new Lookup(plan, SELF, target, goal, seeds(target, goal), 0, TIMEOUT.toNanos());
        while (lookup.next(0) instanceof Step.Ask(Contact contact)) {
            requests++;
            lookup.onReply(0, contact, answer(contact, target), List.of(), Completeness.WHOLE);
        }
        return lookup;
    }

    private Optional<Vicinity> find(Lookup first) {
        List<Optional<Vicinity>> results = new ArrayList<>();
        finder.find(NOW, KEY, first, TIMEOUT, (now, found) -> results.add(found));
        assertThat(results).hasSize(1);
        return results.getFirst();
    }

    private List<Contact> honestAmong(List<Contact> nodes) {
        return nodes.stream().filter(honest::contains).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void theHonestNodesAroundASurroundedKeyAreFound(int seed) {
        random = new SplittableRandom(seed);
        network(1000, 1000);
        surround(64);
        Lookup first = lookUp(KEY);
        assertThat(honestAmong(first.nearest())).as("the attack works").isEmpty();
        assertThat(finder.looksSurrounded(NOW, KEY, first)).isTrue();
        List<NodeId> told = new ArrayList<>();
        finder.subscribe((now, key, _) -> told.add(key));
        List<Contact> found = find(first).orElseThrow().nodes();
        assertThat(told).containsExactly(KEY);
        assertThat(honestAmong(found)).hasSizeGreaterThan(15);
        assertThat(honest).as("the farthest come first").containsAll(found.subList(0, 10));
        assertThat(finder.surrounded()).isEqualTo(1);
    }

    /** What one node knows of the vicinity is mostly accomplices; what many know is not. */
    @Test
    void lookupsGoFromOutsideToInsideAndBeginAtTheNodesThatTheLastOneHeard() {
        network(1000, 1000);
        surround(64);
        find(lookUp(KEY)).orElseThrow();
        int first = bits.getFirst();
        assertThat(bits).containsExactly(first, first + 1, first + 2, first + 3);
        assertThat(seeded.getFirst()).isEmpty();
        for (int i = 1; i < bits.size(); i++) {
            assertThat(seeded.get(i)).isEqualTo(heard.get(i - 1).subList(0, RoutingTable.K));
        }
    }

    /** Lookups beside the key would otherwise end among those that surround it. */
    @Test
    void nodesNearerToTheKeyTakeNoPartInLookupsBesideIt() {
        network(1000, 1000);
        surround(64);
        NodeId target = KEY.flipBit(5);
        Lookup beside = lookUp(target, FindNodes.beside(KEY, 5, List.of()));
        assertThat(beside.heard()).hasSizeGreaterThanOrEqualTo(RoutingTable.K);
        assertThat(beside.heard()).allMatch(node -> KEY.commonPrefixLength(node.nodeId()) <= 5);
    }

    @Test
    void anAttackerWithThousandsOfNetworksCausesABoundedNumberOfRequests() {
        network(1000, 1000);
        surround(4000);
        Lookup first = lookUp(KEY);
        int before = requests;
        Vicinity vicinity = find(first).orElseThrow();
        assertThat(lookups).isEqualTo(SETTINGS.lookups());
        assertThat(requests - before).isLessThan(SETTINGS.lookups() * 60);
        assertThat(vicinity.asked()).isEqualTo(requests - before);
        assertThat(vicinity.answered()).isEqualTo(requests - before);
        assertThat(vicinity.nodes()).hasSizeLessThanOrEqualTo(SETTINGS.maxNodes());
        assertThat(honestAmong(vicinity.nodes())).hasSizeGreaterThan(5);
    }

    @Test
    void knownNodesOfAVicinityAreBoundedAsWell() {
        network(1000, 1000);
        surround(400);
        accomplices.forEach(node -> memory.verified(node, 0, 1));
        Lookup first = lookUp(KEY);
        Vicinity vicinity = find(first).orElseThrow();
        assertThat(vicinity.nodes()).hasSize(SETTINGS.maxNodes());
        assertThat(honestAmong(vicinity.nodes())).hasSizeGreaterThan(10);
    }

    /** Otherwise a node that underestimates the network would suspect every key. */
    @Test
    void ifNodesAreAsDenseBesideTheKeyItIsNotSurroundedAndThatIsRememberedForAnHour() {
        network(6000, 600);
        Lookup first = lookUp(KEY);
        assertThat(table.networkSize()).isLessThan(2000);
        assertThat(finder.looksSurrounded(NOW, KEY, first))
                .as("seems so at first")
                .isTrue();
        assertThat(find(first)).isEmpty();
        assertThat(finder.suspected()).isEqualTo(1);
        assertThat(finder.surrounded()).isZero();
        NodeTime almostAnHour = later(NOW, Duration.ofHours(1).minusNanos(1));
        assertThat(finder.looksSurrounded(almostAnHour, KEY, first)).isFalse();
        assertThat(finder.looksSurrounded(later(NOW, Duration.ofHours(1)), KEY, first))
                .as("the network may have shrunk")
                .isTrue();
    }

    @Test
    void lookupsEndWithTheTimeThatIsLeft() {
        network(1000, 1000);
        surround(64);
        timeOfALookup = Duration.ofSeconds(4);
        find(lookUp(KEY)).orElseThrow();
        assertThat(timeouts).containsExactly(TIMEOUT, Duration.ofSeconds(6), Duration.ofSeconds(2));
    }

    @Test
    void ofTheKnownNodesOnlyThoseThatAnsweredLastBelongToTheVicinity() {
        network(400, 400);
        surround(64);
        honest.forEach(node -> memory.verified(node, 0, 1));
        Lookup first = lookUp(KEY);
        Contact failing = vicinityWithoutLookups(first).nodes().stream()
                .filter(node -> honest.contains(node) && !first.heard().contains(node))
                .findFirst()
                .orElseThrow();
        health.failure(failing.nodeId(), NOW.nanos());
        assertThat(vicinityWithoutLookups(first).nodes()).isNotEmpty().doesNotContain(failing);
    }

    private Vicinity vicinityWithoutLookups(Lookup first) {
        VicinityFinder refused = new VicinityFinder(
                new KeyDensity(SETTINGS), SHARE, peers, random, (now, target, goal, timeout, completion) -> false);
        List<Vicinity> results = new ArrayList<>();
        refused.find(NOW, KEY, first, TIMEOUT, (now, found) -> results.add(found.orElseThrow()));
        return results.getFirst();
    }

    @Test
    void withoutRoomForMoreLookupsThereIsNoRegionBeyondWhatIsKnown() {
        network(2000, 2000);
        surround(64);
        Lookup first = lookUp(KEY);
        Vicinity vicinity = vicinityWithoutLookups(first);
        assertThat(vicinity.asked()).isZero();
        assertThat(vicinity.nodes()).as("what was heard").containsAll(first.nearest());
    }

    @Test
    void nodesOfDiverseNetworksComeFirst() {
        network(2000, 2000);
        surround(64);
        Vicinity vicinity = find(lookUp(KEY)).orElseThrow();
        assertThat(vicinity.nodes().stream()
                        .map(Contact::endpoint)
                        .map(NetworkLevel::siteOf)
                        .collect(Collectors.toSet()))
                .hasSameSizeAs(vicinity.nodes());
    }
}
