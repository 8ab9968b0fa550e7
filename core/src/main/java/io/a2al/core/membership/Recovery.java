package io.a2al.core.membership;

import io.a2al.core.liveness.ConnectivityListener;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.routing.ContactLearning;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.List;

/**
 * Brings the node back after an outage, a suspended machine or a change of network. While no node answers, it pings a
 * few contacts and seeds at growing intervals; at the first answer it looks up its own neighbourhood, and leaves the
 * other buckets to {@link TableMaintenance}, which refreshes one after another. After some minutes without an answer of
 * any, or of theirs in several outages, contacts that were asked leave the routing table, since they may be dead and
 * our own network may work; they become {@link FormerContacts}. A node that no peer has answered for long, for lack of
 * traffic, asks one. Not thread-safe.
 */
public final class Recovery implements ConnectivityListener {

    private final MembershipSettings.Outage settings;
    private final RoutingTable table;
    private final PeerHealth health;
    private final ContactLearning learning;
    private final Ways ways;
    private final LookupRunner lookups;
    private final Timers.Timer next;
    private Duration pause;
    private long suspectedAt;
    private int nextAsked;

    /**
     * Where nodes may be found.
     *
     * @param pings asks contacts
     * @param joiner knows the seeds
     * @param former knows the contacts that left the routing table
     */
    public record Ways(Pings pings, Joiner joiner, FormerContacts former) {}

    public Recovery(
            MembershipSettings.Outage settings,
            Peers peers,
            ContactLearning learning,
            Ways ways,
            LookupRunner lookups,
            Timers timers) {
        this.settings = settings;
        this.pause = settings.firstPause();
        this.table = peers.table();
        this.health = peers.health();
        this.learning = learning;
        this.ways = ways;
        this.lookups = lookups;
        this.next = timers.create(TimerName.RECOVERY, this::onTimer);
    }

    /** Schedules the first look at whether peers answer; called once. */
    public void begin(NodeTime now) {
        scheduleCheck(now);
    }

    private void scheduleCheck(NodeTime now) {
        next.set(now.nanos() + settings.quiet().tick().toNanos());
    }

    private void onTimer(NodeTime now) {
        if (ways.pings().isOutageSuspected()) {
            round(now);
        } else {
            scheduleCheck(now);
            check(now);
        }
    }

    /** One contact is asked first, and a few more if it does not answer. */
    private void check(NodeTime now) {
        if (table.size() > 0 && isQuiet(now)) {
            ways.pings().ask(now, nextContact(), later -> {
                if (isQuiet(later) && !ways.pings().isOutageSuspected()) {
                    pingContacts(later, settings.contactsPerRound());
                }
            });
        }
    }

    private boolean isQuiet(NodeTime now) {
        return !ways.pings()
                .isAnsweredSince(now.nanos() - settings.quiet().after().toNanos());
    }

    private Contact nextContact() {
        List<Contact> contacts = table.contacts();
        return contacts.get(Math.floorMod(nextAsked++, contacts.size()));
    }

    private int pingContacts(NodeTime now, int most) {
        int count = Math.min(table.size(), most);
        for (int i = 0; i < count; i++) {
            ways.pings().ask(now, nextContact());
        }
        return count;
    }

    @Override
    public void onOutageSuspected(NodeTime now) {
        pause = settings.firstPause();
        suspectedAt = now.nanos();
        round(now);
    }

    private void round(NodeTime now) {
        long lately = now.nanos() - settings.lasting().after().toNanos();
        boolean lasting = suspectedAt - lately <= 0;
        table.contacts().stream()
                .filter(contact -> health.silentSince(contact.nodeId())
                        .filter(since -> lasting || since - lately <= 0)
                        .isPresent())
                .forEach(contact -> learning.retire(now, contact));
        int asked = pingContacts(now, lasting ? settings.lasting().contactsPerRound() : settings.contactsPerRound());
        ways.former().pingNext(now, settings.contactsPerRound() - asked);
        ways.joiner().pingSeeds(now, settings.seedsPerRound());
        next.set(now.nanos() + pause.toNanos());
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(settings.longestPause()) < 0 ? doubled : settings.longestPause();
    }

    @Override
    public void onConnectivityRestored(NodeTime now) {
        scheduleCheck(now);
        table.forgetLookups();
        ways.former().pingAll(now);
        lookups.findNeighbours(now, (later, lookup) -> {});
    }
}
