package io.a2al.core.membership;

import io.a2al.core.liveness.ConnectivityListener;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.List;

/**
 * Brings the node back after an outage, a suspended machine or a change of network. While no node answers, it pings a
 * few contacts and seeds at growing intervals; at the first answer it looks up its own neighbourhood, and leaves the
 * other buckets to {@link TableMaintenance}, which refreshes one after another. Not thread-safe.
 */
public final class Recovery implements ConnectivityListener {

    private final MembershipSettings.Outage settings;
    private final Address self;
    private final RoutingTable table;
    private final Requests requests;
    private final LookupRunner lookups;
    private final Joiner joiner;
    private final Timers.Timer nextRound;
    private Duration pause;
    private int nextAsked;

    public Recovery(
            MembershipSettings.Outage settings,
            Address self,
            RoutingTable table,
            Requests requests,
            LookupRunner lookups,
            Joiner joiner,
            Timers timers) {
        this.settings = settings;
        this.pause = settings.firstPause();
        this.self = self;
        this.table = table;
        this.requests = requests;
        this.lookups = lookups;
        this.joiner = joiner;
        this.nextRound = timers.create(TimerName.RECOVERY, this::round);
    }

    @Override
    public void onOutageSuspected(NodeTime now) {
        pause = settings.firstPause();
        round(now);
    }

    private void round(NodeTime now) {
        List<Contact> contacts = table.contacts();
        for (int i = 0; i < Math.min(contacts.size(), settings.contactsPerRound()); i++) {
            Contact contact = contacts.get(Math.floorMod(nextAsked++, contacts.size()));
            requests.ask(now, contact, new Message.Ping(self), ReplyHandler.INDIFFERENT);
        }
        joiner.pingSeeds(now, settings.seedsPerRound());
        nextRound.set(now.nanos() + pause.toNanos());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(settings.longestPause()) < 0 ? doubled : settings.longestPause();
    }

    @Override
    public void onConnectivityRestored(NodeTime now) {
        nextRound.cancel();
        table.forgetLookups();
        lookups.findNeighbours(now, (later, lookup) -> {});
    }
}
