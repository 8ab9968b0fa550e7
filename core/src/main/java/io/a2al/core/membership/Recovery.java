package io.a2al.core.membership;

import io.a2al.core.NodeSettings;
import io.a2al.core.liveness.ConnectivityListener;
import io.a2al.core.lookup.FindNodes;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.List;

/**
 * Gets the node going again after an outage, a sleep or a change of network. While nobody answers, it pings a few
 * contacts and seeds now and then; at the first answer it looks up its own neighbourhood, and leaves the other buckets
 * to upkeep, which refreshes one after another. Not thread-safe.
 */
public final class Recovery implements ConnectivityListener {

    private static final int CONTACTS_PER_ROUND = 4;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

    private final NodeSettings.Lookups settings;
    private final Address self;
    private final NodeId selfId;
    private final RoutingTable table;
    private final Requests requests;
    private final LookupRunner lookups;
    private final Joiner joiner;
    private final Timers.Timer nextRound;
    private Duration pause = FIRST_PAUSE;
    private int nextAsked;

    public Recovery(
            NodeSettings.Lookups settings,
            Address self,
            NodeId selfId,
            RoutingTable table,
            Requests requests,
            LookupRunner lookups,
            Joiner joiner,
            Timers timers) {
        this.settings = settings;
        this.self = self;
        this.selfId = selfId;
        this.table = table;
        this.requests = requests;
        this.lookups = lookups;
        this.joiner = joiner;
        this.nextRound = timers.create(TimerName.RECOVERY, this::round);
    }

    @Override
    public void onOutageSuspected(NodeTime now) {
        pause = FIRST_PAUSE;
        round(now);
    }

    private void round(NodeTime now) {
        List<Contact> contacts = table.contacts();
        for (int i = 0; i < Math.min(contacts.size(), CONTACTS_PER_ROUND); i++) {
            Contact contact = contacts.get(Math.floorMod(nextAsked++, contacts.size()));
            requests.ask(now, contact, new Message.Ping(self), ReplyHandler.INDIFFERENT);
        }
        joiner.callForHelp(now);
        nextRound.set(now.nanos() + pause.toNanos());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE;
    }

    @Override
    public void onConnectivityRestored(NodeTime now) {
        nextRound.cancel();
        table.forgetLookups();
        lookups.findNodes(now, selfId, new FindNodes(), settings.timeout(), (later, lookup) -> {});
    }
}
