package io.a2al.core.membership;

import io.a2al.core.bounds.Occupancy;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.routing.ContactListener;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Contacts that left the routing table because they did not answer. They may be gone for good, or a split of the
 * network keeps them from us; so the best of them are pinged again, less and less often. If one answers, it is learned
 * again like any node, all others are pinged at once, and the own neighbourhood is looked up, which puts replicas right
 * after a split. Bounded: those known for the shortest time are dropped. Not thread-safe.
 */
public final class FormerContacts implements ContactListener {

    /** PINGs sent at a time. */
    private static final int PER_ROUND = 8;

    /** Between two rounds. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(2);

    private static final class Former {
        private final Contact contact;
        private final Duration knownFor;
        private final long lostAt;
        private long forgetAt;
        private Duration pause;
        private long dueAt;

        Former(Contact contact, Duration knownFor, long lostAt, Duration pause) {
            this.contact = contact;
            this.knownFor = knownFor;
            this.lostAt = lostAt;
            this.pause = pause;
        }
    }

    private final MembershipSettings.Former settings;
    private final Pings pings;
    private final LookupRunner lookups;
    private final Timers.Timer next;

    /** The one pinged longest ago in an outage comes first. */
    private final SequencedMap<NodeId, Former> contacts = new LinkedHashMap<>();

    /** True if a contact came back and the own neighbourhood was not looked up since. */
    private boolean returned;

    private boolean lookedUp;
    private long lookedUpAt;

    public FormerContacts(MembershipSettings.Former settings, Pings pings, LookupRunner lookups, Timers timers) {
        this.settings = settings;
        this.pings = pings;
        this.lookups = lookups;
        this.next = timers.create(TimerName.FORMER, this::round);
    }

    /** A contact that never answered is not worth remembering. */
    @Override
    public void onLost(NodeTime now, Contact contact, Optional<Duration> knownFor) {
        if (knownFor.isEmpty()) {
            return;
        }
        Former former = new Former(
                contact, knownFor.get(), now.nanos(), settings.retries().first());
        former.forgetAt = now.nanos() + settings.memory().of(knownFor.get()).toNanos();
        former.dueAt = now.nanos() + former.pause.toNanos();
        contacts.putLast(contact.nodeId(), former);
        if (contacts.size() > settings.max()) {
            contacts.values().stream()
                    .min(Comparator.comparing(each -> each.knownFor))
                    .ifPresent(worst -> contacts.remove(worst.contact.nodeId()));
        }
        schedule(now);
    }

    @Override
    public void onVerified(NodeTime now, Contact contact, boolean isNew) {
        // In an outage, its end follows, and with it what else there is to do.
        if (contacts.remove(contact.nodeId()) != null && !pings.isOutageSuspected()) {
            returned = true;
            takeUp(now);
        }
    }

    /** Pings some of them whether or not they are due, other ones each time. */
    void pingNext(NodeTime now, int count) {
        List<Former> some = contacts.values().stream().limit(Math.max(0, count)).toList();
        for (Former former : some) {
            contacts.putLast(former.contact.nodeId(), former);
            pings.ask(now, former.contact);
        }
    }

    /** Pings all of them within seconds, as our own network works again. */
    void pingAll(NodeTime now) {
        for (Former former : contacts.values()) {
            former.dueAt = now.nanos();
            former.forgetAt = Math.max(former.forgetAt, now.nanos() + former.pause.toNanos());
        }
        schedule(now);
    }

    private void takeUp(NodeTime now) {
        if (!lookedUp || now.nanos() - lookedUpAt >= settings.lookups().toNanos()) {
            returned = false;
            lookedUp = true;
            lookedUpAt = now.nanos();
            pingAll(now);
            lookups.findNeighbours(now, (later, lookup) -> {});
        }
        schedule(now);
    }

    private void round(NodeTime now) {
        boolean outage = pings.isOutageSuspected();
        // In an outage of our own, their silence says nothing.
        long longest = settings.memory().longest().toNanos();
        contacts.values().removeIf(former -> now.nanos() - (outage ? former.lostAt + longest : former.forgetAt) >= 0);
        if (!outage) {
            List<Former> due = new ArrayList<>(PER_ROUND);
            for (Former former : contacts.values()) {
                if (due.size() < PER_ROUND && now.nanos() - former.dueAt >= 0) {
                    due.add(former);
                }
            }
            for (Former former : due) {
                former.dueAt = now.nanos() + former.pause.toNanos();
                former.pause = settings.retries().after(former.pause);
                pings.askOnce(now, former.contact);
            }
        }
        if (returned) {
            takeUp(now);
        }
        schedule(now);
    }

    private void schedule(NodeTime now) {
        if (contacts.isEmpty() && !returned) {
            next.cancel();
            return;
        }
        long earliest = returned ? lookedUpAt + settings.lookups().toNanos() : Long.MAX_VALUE;
        for (Former former : contacts.values()) {
            earliest = Math.min(earliest, former.dueAt);
        }
        Duration pause = pings.isOutageSuspected() ? settings.retries().first() : BETWEEN_ROUNDS;
        next.set(Math.max(earliest, now.nanos() + pause.toNanos()));
    }

    /** Returns the former contacts that are remembered beside their limit. */
    public Occupancy occupancy() {
        return new Occupancy(contacts.size(), settings.max());
    }
}
