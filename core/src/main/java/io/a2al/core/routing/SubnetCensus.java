package io.a2al.core.routing;

import io.a2al.core.api.Subnet;
import io.a2al.core.guard.SubnetLimits;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the contacts of each subnet in a routing table and says whether there is room for another one (known-defects
 * section A: eclipse by many identities from one place). Has at most one entry per contact. Not thread-safe.
 */
final class SubnetCensus {

    private final SubnetLimits limits;
    private final Map<Subnet, Integer> inTable = new HashMap<>();

    SubnetCensus(SubnetLimits limits) {
        this.limits = limits;
    }

    /** Returns the subnet that an endpoint counts for, if it counts. */
    private Optional<Subnet> subnetOf(Endpoint endpoint) {
        return limits.exempt().test(endpoint) ? Optional.empty() : Optional.of(Subnet.of(endpoint));
    }

    void add(Endpoint endpoint) {
        subnetOf(endpoint).ifPresent(subnet -> inTable.merge(subnet, 1, Integer::sum));
    }

    void remove(Endpoint endpoint) {
        subnetOf(endpoint)
                .ifPresent(subnet -> inTable.computeIfPresent(
                        subnet, (key, count) -> count > 1 ? Integer.valueOf(count - 1) : null));
    }

    /**
     * Returns true if the table can take a contact at this endpoint, as far as its subnet is concerned.
     *
     * @param beside the other contacts of the bucket
     * @param leaving where the contact is now, if it is in the table and moves
     */
    boolean hasRoomFor(Endpoint endpoint, Collection<Contact> beside, Optional<Endpoint> leaving) {
        Optional<Subnet> subnet = subnetOf(endpoint);
        if (subnet.isEmpty()) {
            return true;
        }
        int inSubnet = inTable.getOrDefault(subnet.get(), 0)
                - (leaving.flatMap(this::subnetOf).equals(subnet) ? 1 : 0);
        // Most are the first of their subnet, and then there is nothing to count.
        return inSubnet == 0 || (inSubnet < limits.perTable() && countIn(subnet.get(), beside) < limits.perBucket());
    }

    /** Returns true if another newcomer at this endpoint may join these. */
    boolean isDiverse(Endpoint endpoint, Collection<Contact> newcomers) {
        return subnetOf(endpoint)
                .map(subnet -> countIn(subnet, newcomers) < limits.perBucket())
                .orElse(true);
    }

    private int countIn(Subnet subnet, Collection<Contact> contacts) {
        int count = 0;
        for (Contact contact : contacts) {
            count += subnetOf(contact.endpoint()).filter(subnet::equals).isPresent() ? 1 : 0;
        }
        return count;
    }
}
