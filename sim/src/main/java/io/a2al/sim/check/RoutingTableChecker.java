package io.a2al.sim.check;

import io.a2al.core.bounds.NetworkLevel;
import io.a2al.core.guard.GuardSettings.Diversity;
import io.a2al.core.routing.RoutingTable;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.sim.network.Host;
import io.a2al.sim.network.NatBox;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the routing tables of honest nodes: no bucket has more than {@value RoutingTable#K} contacts, no contact is in
 * the table twice, the node itself is not, no network has more contacts than allowed, and every contact has an address
 * at which it is or was reachable (known-defects D-01, D-02).
 */
final class RoutingTableChecker implements Checker {

    /** Number of nodes checked at each interval. */
    private static final int NODES = 50;

    private final Sample sample = new Sample(NODES);

    @Override
    public String name() {
        return "routing-table";
    }

    @Override
    public void atInterval(World world, Reporter reporter) {
        for (SimNode node : sample.of(world)) {
            check(world, node, node.core().orElseThrow().contacts(), reporter);
        }
    }

    /** Checks the contacts of one node. */
    void check(World world, SimNode node, List<Contact> contacts, Reporter reporter) {
        Diversity limits = node.settings().guard().diversity();
        Map<Object, Integer> buckets = new HashMap<>();
        Map<Long, Integer> networks = new HashMap<>();
        Map<Object, Integer> networksInBuckets = new HashMap<>();
        for (Contact contact : contacts) {
            if (contact.nodeId().equals(node.id())) {
                reporter.report("the routing table contains the node itself", node.index());
                return;
            }
            int bucket = node.id().commonPrefixLength(contact.nodeId());
            limit(buckets, bucket, RoutingTable.K, "contacts in bucket " + bucket, node, reporter);
            for (NetworkLevel level : NetworkLevel.of(contact.endpoint())) {
                long network = level.numberOf(contact.endpoint());
                limit(networks, network, level.limit(limits.perTable()), "contacts of one network", node, reporter);
                limit(
                        networksInBuckets,
                        List.of(bucket, network),
                        level.limit(limits.perBucket()),
                        "contacts of one network in bucket " + bucket,
                        node,
                        reporter);
            }
            checkPlace(world, node, contact, reporter);
        }
        long different = contacts.stream().map(Contact::nodeId).distinct().count();
        if (different != contacts.size()) {
            reporter.report("the routing table contains a node twice", node.index());
        }
    }

    private static <T> void limit(
            Map<T, Integer> counts, T what, int limit, String name, SimNode node, Reporter reporter) {
        if (counts.merge(what, 1, Integer::sum) > limit) {
            reporter.report("more than " + limit + " " + name, node.index());
        }
    }

    private static void checkPlace(World world, SimNode node, Contact contact, Reporter reporter) {
        Optional<SimNode> known = world.find(contact.nodeId());
        boolean possible = known.map(participant -> isAt(participant.host(), contact.endpoint()))
                .orElseGet(() -> world.nodes().stream().anyMatch(other -> isAt(other.host(), contact.endpoint())));
        if (!possible) {
            int[] involved =
                    known.map(other -> new int[] {node.index(), other.index()}).orElse(new int[] {node.index()});
            reporter.report(
                    contact.address() + " is in the table at " + contact.endpoint() + ", where it never was", involved);
        }
    }

    private static boolean isAt(Host host, Endpoint endpoint) {
        return host.nat()
                        .map(NatBox::address)
                        .filter(endpoint.withPort(0)::equals)
                        .isPresent()
                || host.endpoints().contains(endpoint);
    }
}
