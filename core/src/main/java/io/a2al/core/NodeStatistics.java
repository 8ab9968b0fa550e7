package io.a2al.core;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.GuardStatistics;
import io.a2al.core.lookup.LookupStatistics;
import io.a2al.core.membership.MembershipStatistics;
import io.a2al.core.nat.NatStatistics;
import io.a2al.core.publish.PublishStatistics;
import io.a2al.core.push.PushStatistics;
import io.a2al.core.republish.RepublishStatistics;
import io.a2al.core.routing.TableStatistics;
import io.a2al.core.rpc.HidingStatistics;
import io.a2al.core.rpc.RequestStatistics;
import io.a2al.core.serve.RestoreStatistics;
import io.a2al.core.store.StoreStatistics;
import io.a2al.protocol.message.MessageType;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * Numbers about a node, as of one moment. Each part of the node has a group of its own, defined in its own package;
 * what has a limit is an {@link Occupancy}. Immutable; thread-safe.
 *
 * @param table the routing table and the health of peers
 * @param store what is kept for others
 * @param restore what was asked for while records were being restored
 * @param messages what came in and went out
 * @param requests our requests to others
 * @param lookups lookups
 * @param learning who is at an address
 * @param replication how records are kept in the network
 * @param custody how records that others published are kept there
 * @param hiding which peers hide records that others than their owners sent
 * @param nat how the network sees the node
 * @param push subscriptions, for others and of our own
 * @param maintenance how the node stays part of the network
 * @param guard how the node protects itself and others
 */
public record NodeStatistics(
        TableStatistics table,
        StoreStatistics store,
        RestoreStatistics restore,
        Messages messages,
        RequestStatistics requests,
        LookupStatistics lookups,
        Learning learning,
        PublishStatistics replication,
        RepublishStatistics custody,
        HidingStatistics hiding,
        NatStatistics nat,
        PushStatistics push,
        MembershipStatistics maintenance,
        GuardStatistics guard) {

    /**
     * What came in and went out since the start.
     *
     * @param requestsReceived verified requests
     * @param responsesReceived verified responses
     * @param sent messages, repetitions included
     * @param receivedByType verified messages of each type
     * @param sentByType messages of each type, repetitions included
     */
    public record Messages(
            long requestsReceived,
            long responsesReceived,
            long sent,
            Map<MessageType, Long> receivedByType,
            Map<MessageType, Long> sentByType) {

        /** Copies the maps. */
        public Messages {
            receivedByType = Collections.unmodifiableMap(new EnumMap<>(receivedByType));
            sentByType = Collections.unmodifiableMap(new EnumMap<>(sentByType));
        }

        /** Adds up the messages of each type; every type has an entry. */
        static Messages of(Map<MessageType, Long> received, Map<MessageType, Long> sent) {
            return new Messages(
                    sum(received, type -> !type.isResponse()),
                    sum(received, MessageType::isResponse),
                    sum(sent, type -> true),
                    received,
                    sent);
        }

        private static long sum(Map<MessageType, Long> counts, Predicate<MessageType> wanted) {
            return counts.entrySet().stream()
                    .filter(entry -> wanted.test(entry.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /**
     * Who is at an address.
     *
     * @param proofs PINGs under way that check it
     * @param introductions nodes that checked it of us, and how lately
     * @param recentContacts who answered us lately, in the routing table or not
     * @param clients nodes in client mode that were verified at their address
     * @param depositors senders of records whose address was not verified yet
     */
    public record Learning(
            Occupancy proofs,
            Occupancy introductions,
            Occupancy recentContacts,
            Occupancy clients,
            Occupancy depositors) {}

    /**
     * Everything that has a limit, by group and name, as in {@code store.keys}, in the order of the groups. Found by
     * looking through the groups, so that none can be forgotten.
     */
    public SequencedMap<String, Occupancy> occupancies() {
        SequencedMap<String, Occupancy> found = new LinkedHashMap<>();
        collect("", this, found);
        return Collections.unmodifiableSequencedMap(found);
    }

    private static void collect(String prefix, Record group, Map<String, Occupancy> found) {
        for (RecordComponent component : group.getClass().getRecordComponents()) {
            String name = prefix + component.getName();
            switch (valueOf(component, group)) {
                case Occupancy occupancy -> found.put(name, occupancy);
                case Record nested -> collect(name + ".", nested, found);
                default -> {
                    // A number without a limit.
                }
            }
        }
    }

    private static Object valueOf(RecordComponent component, Record group) {
        try {
            return component.getAccessor().invoke(group);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("statistics are public records", e);
        }
    }
}
