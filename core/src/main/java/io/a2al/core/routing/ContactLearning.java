package io.a2al.core.routing;

import io.a2al.core.api.Failure;
import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.NetworkAssumptions;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.Guard;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.liveness.PeerListener;
import io.a2al.core.routing.RoutingTable.Evidence;
import io.a2al.core.routing.RoutingTable.Offer;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Decides what goes into the routing table (node.md section 5). Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Replayed requests</b> (known-defects D-01): a request proves that its sender exists, not that it is where
 *       the datagram came from. Only an answer to our own PING, with our fresh transaction id, puts a contact into the
 *       table or moves it, and a contact whose present address still answers is not moved at all.
 *   <li><b>Rumours</b> (D-02): contacts that peers report are only candidates of lookups, until they answer.
 *   <li><b>Full buckets</b> (D-03): a newcomer waits as a replacement while the oldest contact is pinged. Nothing waits
 *       for that answer, and a contact that answered a moment ago is not pinged again.
 *   <li><b>Floods of new identities:</b> at most a fixed number of such PINGs is under way, one per identity. Further
 *       newcomers are sent a PING that takes no place, so that silent ones shut out no other.
 *   <li><b>Clients</b> send requests and serve none. One that answers a PING is verified at its address, so that its
 *       records count as those of its network, and it becomes no contact.
 * </ul>
 *
 * Not thread-safe.
 */
public final class ContactLearning implements PeerListener {

    /** A PING takes seconds at most, {@link RoutingSettings.Verification#recheckAfter} some more. */
    private static final int RECHECKS_REMEMBERED_PER_PROOF = 8;

    private static final int CLIENTS_REMEMBERED_PER_PROOF = 16;

    private final RoutingSettings.Verification settings;
    private final NetworkAssumptions assumptions;
    private final Message.Ping ping;
    private final RoutingTable table;
    private final PeerHealth health;
    private final ContactMemory memory;
    private final Guard guard;
    private final Requests requests;

    /** Identities that a PING of ours is under way to. */
    private final Set<NodeId> proving = new HashSet<>();

    /** When contacts that were heard from at another address were last pinged at their known one, in nanoseconds. */
    private final BoundedMap<NodeId, Long> recheckedAt;

    /** Where nodes in client mode answered us last. */
    private final BoundedMap<NodeId, Endpoint> clients;

    private final List<ContactListener> listeners = new ArrayList<>();

    public ContactLearning(
            RoutingSettings.Verification settings,
            NetworkAssumptions assumptions,
            Address self,
            Peers peers,
            Guard guard,
            Requests requests) {
        this.settings = settings;
        this.assumptions = assumptions;
        this.ping = new Message.Ping(self);
        this.table = peers.table();
        this.health = peers.health();
        this.memory = peers.memory();
        this.guard = guard;
        this.requests = requests;
        this.recheckedAt = new BoundedMap<>(settings.maxProofs() * RECHECKS_REMEMBERED_PER_PROOF);
        this.clients = new BoundedMap<>(settings.maxProofs() * CLIENTS_REMEMBERED_PER_PROOF);
    }

    /** Subscribes to verified contacts; listeners are called in the order in which they subscribed. */
    public void subscribe(ContactListener listener) {
        listeners.add(listener);
    }

    /** The node answered one of our requests at this endpoint. */
    @Override
    public void onVerified(NodeTime now, Contact contact) {
        clients.remove(contact.nodeId());
        memory.verified(
                contact, now.nanos(), health.roundTripOf(contact.nodeId()).nanos());
        guard.verify(now, contact);
        Offer offer = offerVerified(now, contact);
        if (offer == Offer.FULL) {
            queueForPlace(now, contact);
        }
        listeners.forEach(listener -> listener.onVerified(now, contact, offer == Offer.INSERTED));
    }

    private Offer offerVerified(NodeTime now, Contact contact) {
        Offer offer = table.offer(contact, Evidence.VERIFIED, now.nanos());
        return offer == Offer.FULL ? table.offerNeighbour(contact, now.nanos()) : offer;
    }

    /** It may have been a contact at this endpoint before, which it is no longer. */
    @Override
    public void onClientVerified(NodeTime now, Contact client) {
        guard.verify(now, client);
        clients.put(client.nodeId(), client.endpoint());
        memory.drop(client.nodeId());
        if (table.find(client.nodeId()).filter(client::equals).isPresent()) {
            table.remove(client.nodeId());
        }
        listeners.forEach(listener -> listener.onClientVerified(now, client));
    }

    /** Removes a contact that did not answer for so long that it is taken for dead. */
    public void retire(NodeTime now, Contact contact) {
        memory.drop(contact.nodeId());
        if (lose(now, contact.nodeId())) {
            admitReplacement(now, contact.nodeId());
        }
    }

    private boolean lose(NodeTime now, NodeId nodeId) {
        Optional<Contact> known = table.find(nodeId);
        Optional<Duration> knownFor = table.knownFor(nodeId);
        known.ifPresent(contact -> {
            table.remove(nodeId);
            listeners.forEach(listener -> listener.onLost(now, contact, knownFor));
        });
        return known.isPresent();
    }

    private boolean isVerifiedClient(NodeTime now, Contact contact) {
        Endpoint at = clients.get(contact.nodeId());
        return at != null && at.equals(contact.endpoint()) && guard.isVerified(now, contact);
    }

    /** The node left a request unanswered. */
    @Override
    public void onFailed(NodeTime now, NodeId nodeId) {
        memory.failed(nodeId, now.nanos());
        boolean bad = health.stateOf(nodeId, now.nanos()) == PeerHealth.State.BAD;
        boolean replaceable = bad && table.hasReplacement(nodeId);
        if ((replaceable || health.isLost(nodeId)) && lose(now, nodeId)) {
            admitReplacement(now, nodeId);
        }
    }

    /** The node did not answer what it may be unable to answer. A PING it can answer. */
    @Override
    public void onQuestionable(NodeTime now, NodeId nodeId) {
        memory.failed(nodeId, now.nanos());
        Optional<Contact> known = table.find(nodeId);
        if (known.isPresent()) {
            check(now, known.get(), later -> {});
        } else {
            memory.contactOf(nodeId).ifPresent(contact -> checkRemembered(now, contact));
        }
    }

    /**
     * Pings a contact that is not in the table, so that lookups do not ask it again and again because peers still name
     * it. That it does not answer counts if our own network worked meanwhile.
     */
    private void checkRemembered(NodeTime now, Contact contact) {
        ask(now, contact, later -> guard.mayAsk(later, contact, ping), later -> {}, later -> {
            if (requests.isAnsweredSince(now.nanos()) && !memory.isSilent(contact.nodeId(), later.nanos())) {
                memory.failed(contact.nodeId(), later.nanos());
            }
        });
    }

    /**
     * Returns true if a request from this contact leads to a PING to where it came from, now or after its known address
     * did not answer, or if one is under way that may be repeated. The answer then leaves room for it.
     */
    public boolean wantsProofOf(NodeTime now, Contact contact) {
        return table.find(contact.nodeId()).filter(contact::equals).isEmpty() && !isVerifiedClient(now, contact);
    }

    /**
     * Notes that a request whose signature holds came from this contact's endpoint.
     *
     * @param isProofWanted true if a proof is wanted even if there is no place for the contact, as the answer was
     *     truncated or a record came from the unverified address
     * @param looksUp true if it asked for nodes or records, as a node does that is part of the network
     */
    public void heardFrom(NodeTime now, Contact contact, boolean isProofWanted, boolean looksUp) {
        if (isVerifiedClient(now, contact)) {
            return;
        }
        Optional<Contact> known = table.find(contact.nodeId());
        if (known.isPresent()) {
            if (!known.get().equals(contact) && mayRecheck(now, contact.nodeId())) {
                // It may have moved. While its old address answers, the new one is not checked: the request may be
                // forged. Its latest answer says nothing, as a node that is started again comes back within seconds.
                check(now, known.get(), later -> prove(later, contact, proven -> {}));
            }
        } else if (isProofWanted || table.hasRoomFor(contact) || (looksUp && isNewNeighbour(now, contact))) {
            prove(now, contact, later -> {});
        } else {
            queueForPlace(now, contact);
        }
    }

    /**
     * Returns true in a small network, where all nodes are neighbours, for one that is unverified: lookups begin at
     * nodes that answered lately, too, and find each other by them.
     */
    private boolean isNewNeighbour(NodeTime now, Contact contact) {
        return table.lastToRefresh() <= assumptions.smallNetworkBucket() && !guard.isVerified(now, contact);
    }

    /**
     * Calls {@code then} once it is known that the contact is where it says: at once if it is in the table with this
     * endpoint, else when it answers a PING. Never for a contact that is known at another endpoint, or at the limit of
     * such PINGs.
     */
    public void whenProven(NodeTime now, Contact contact, Consumer<NodeTime> then) {
        Optional<Contact> known = table.find(contact.nodeId());
        if (known.isEmpty()) {
            prove(now, contact, then);
        } else if (known.get().equals(contact)) {
            then.accept(now);
        }
    }

    /**
     * Adds a contact that the application reports: into a free place, or else among the newcomers that wait for one. It
     * counts as verified only when it has answered, and a contact that is known already is not moved.
     */
    public Offer add(NodeTime now, Contact contact) {
        Offer offer = table.offer(contact, Evidence.REPORTED, now.nanos());
        if (offer == Offer.FULL) {
            table.addReplacement(contact);
        }
        return offer;
    }

    /** Returns up to {@code max} contacts at different endpoints that are worth trying after a restart, best first. */
    public List<Contact> best(NodeTime now, int max) {
        Map<Endpoint, Contact> best = new LinkedHashMap<>();
        for (PeerHealth.State state : List.of(PeerHealth.State.GOOD, PeerHealth.State.UNKNOWN)) {
            for (Contact contact : table.contacts()) {
                if (best.size() < max && health.stateOf(contact.nodeId(), now.nanos()) == state) {
                    best.putIfAbsent(contact.endpoint(), contact);
                }
            }
        }
        return List.copyOf(best.values());
    }

    /**
     * Returns true if a contact reported by {@code teller} may be asked: a genuine one, at an address that reaches at
     * least as far as the teller's own. So a node on the internet cannot point us at machines of our own network
     * (D-04).
     */
    public static boolean isUsable(Contact contact, Endpoint teller) {
        return contact.isGenuine() && reach(contact.endpoint()) >= reach(teller);
    }

    /** Returns the contacts that are remembered, those of the routing table included. */
    public Occupancy recentContacts() {
        return memory.occupancy();
    }

    /** Returns the nodes in client mode that are remembered, beside their limit. */
    public Occupancy clients() {
        return clients.occupancy();
    }

    /** Returns the PINGs under way that verify an address, beside their limit. */
    public Occupancy proofs() {
        return new Occupancy(proving.size(), settings.maxProofs());
    }

    private static int reach(Endpoint endpoint) {
        return switch (endpoint.scope()) {
            case UNSPECIFIED, MULTICAST, RESERVED, LOOPBACK -> 0;
            case LINK_LOCAL -> 1;
            case PRIVATE, SHARED -> 2;
            case PUBLIC -> 3;
        };
    }

    private void queueForPlace(NodeTime now, Contact newcomer) {
        Optional<Contact> oldest =
                table.addReplacement(newcomer) ? table.oldestInBucketOf(newcomer.nodeId()) : Optional.empty();
        if (oldest.isPresent() && !answeredWithin(settings.checkOldestAfter(), now, oldest.get())) {
            check(now, oldest.get(), later -> {
                if (lose(later, oldest.get().nodeId())) {
                    admitReplacement(later, newcomer.nodeId());
                }
            });
        }
    }

    private void admitReplacement(NodeTime now, NodeId inBucketOf) {
        table.takeReplacement(inBucketOf).ifPresent(replacement -> prove(now, replacement, later -> {}));
    }

    private boolean mayRecheck(NodeTime now, NodeId nodeId) {
        Long latest = recheckedAt.get(nodeId);
        boolean may = latest == null
                || now.nanos() - latest >= settings.recheckAfter().toNanos();
        if (may) {
            recheckedAt.put(nodeId, now.nanos());
        }
        return may;
    }

    private boolean answeredWithin(Duration time, NodeTime now, Contact contact) {
        return table.isVerifiedSince(contact.nodeId(), now.nanos() - time.toNanos());
    }

    /** Pings a known contact and does {@code otherwise} if it does not answer. */
    private void check(NodeTime now, Contact known, Consumer<NodeTime> otherwise) {
        ask(now, known, later -> true, later -> {}, otherwise);
    }

    /** Pings an unverified address within its amplification limit and does {@code then} if the contact answers. */
    private void prove(NodeTime now, Contact unverified, Consumer<NodeTime> then) {
        if (proving.size() >= settings.maxProofs() && !proving.contains(unverified.nodeId())) {
            if (guard.mayAsk(now, unverified, ping)) {
                requests.askForToken(now, unverified.endpoint(), ping);
            }
            return;
        }
        ask(now, unverified, later -> guard.mayAsk(later, unverified, ping), then, later -> {});
    }

    /**
     * Pings a contact; an answer reaches {@link #onVerified} by way of the requests.
     *
     * @param allowed asked before each attempt
     * @param then what to do after that, at that later time
     * @param otherwise what to do if none comes
     */
    private void ask(
            NodeTime now,
            Contact contact,
            Predicate<NodeTime> allowed,
            Consumer<NodeTime> then,
            Consumer<NodeTime> otherwise) {
        if (proving.size() >= settings.maxProofs() || !proving.add(contact.nodeId())) {
            return;
        }
        ReplyHandler handler = new ReplyHandler() {
            @Override
            public boolean mayAttempt(NodeTime later) {
                return allowed.test(later);
            }

            @Override
            public void onReply(NodeTime later, Reply reply) {
                proving.remove(contact.nodeId());
                then.accept(later);
            }

            @Override
            public void onFailure(NodeTime later, Failure failure) {
                proving.remove(contact.nodeId());
                if (failure != Failure.OUTAGE) {
                    otherwise.accept(later);
                }
            }
        };
        if (!requests.ask(now, contact, ping, handler)) {
            proving.remove(contact.nodeId());
        }
    }
}
