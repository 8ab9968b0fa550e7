package io.a2al.core.routing;

import io.a2al.core.bounds.NetworkCounts;
import io.a2al.core.bounds.NetworkLevel;
import io.a2al.core.guard.SubnetLimits;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.util.Collection;
import java.util.Optional;

/**
 * Counts the contacts of each network in a routing table and says whether there is room for another one (known-defects
 * section A: eclipse by many identities from one place). Has at most three entries per contact. Not thread-safe.
 */
final class SubnetCensus {

    private final SubnetLimits limits;
    private final NetworkCounts inTable = new NetworkCounts();

    SubnetCensus(SubnetLimits limits) {
        this.limits = limits;
    }

    private boolean counts(Endpoint endpoint) {
        return !limits.exempt().test(endpoint);
    }

    void add(Endpoint endpoint) {
        if (counts(endpoint)) {
            inTable.add(endpoint);
        }
    }

    void remove(Endpoint endpoint) {
        if (counts(endpoint)) {
            inTable.remove(endpoint);
        }
    }

    /**
     * Returns true if the table can take a contact at this endpoint, as far as its networks are concerned.
     *
     * @param beside the other contacts of the bucket
     * @param leaving where the contact is now, if it is in the table and moves
     */
    boolean hasRoomFor(Endpoint endpoint, Collection<Contact> beside, Optional<Endpoint> leaving) {
        if (!counts(endpoint)) {
            return true;
        }
        for (NetworkLevel level : NetworkLevel.of(endpoint)) {
            long network = level.numberOf(endpoint);
            boolean stays = leaving.filter(this::counts)
                    .filter(place -> level.numberOf(place) == network)
                    .isPresent();
            int others = inTable.of(network) - (stays ? 1 : 0);
            // Most are the first of their network, and then there is nothing to count.
            if (others > 0
                    && (others >= level.limit(limits.perTable())
                            || countIn(level, network, beside) >= level.limit(limits.perBucket()))) {
                return false;
            }
        }
        return true;
    }

    /** Returns true if another newcomer at this endpoint may join these. */
    boolean isDiverse(Endpoint endpoint, Collection<Contact> newcomers) {
        if (counts(endpoint)) {
            for (NetworkLevel level : NetworkLevel.of(endpoint)) {
                if (countIn(level, level.numberOf(endpoint), newcomers) >= level.limit(limits.perBucket())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns true if limits apply to this endpoint and none of these has an address of its family. */
    boolean isFirstOfItsFamily(Endpoint endpoint, Collection<Contact> others) {
        return counts(endpoint)
                && others.stream()
                        .noneMatch(other -> NetworkLevel.isIpv4(other.endpoint()) == NetworkLevel.isIpv4(endpoint));
    }

    private int countIn(NetworkLevel level, long network, Collection<Contact> contacts) {
        int count = 0;
        for (Contact contact : contacts) {
            count += counts(contact.endpoint()) && level.numberOf(contact.endpoint()) == network ? 1 : 0;
        }
        return count;
    }
}
