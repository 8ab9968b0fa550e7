package io.a2al.core.publish;

import io.a2al.core.api.Command;
import io.a2al.core.api.PublicationState;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.publish.PublishStep.Purpose;
import io.a2al.core.store.Retention;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message.StoreResponse;
import io.a2al.protocol.record.RecordOrder;
import io.a2al.protocol.record.RecordSlot;
import io.a2al.protocol.record.VerifiedRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Keeps the publications of this node in the network (node.md section 12). Stepped by its owner: {@link #next} says
 * what to do, the ends of requests and lookups are reported back, and {@code next} is asked again. Hazards and the
 * answers to them:
 *
 * <ul>
 *   <li><b>Lost publications</b> (known-defects D-07): each slot has a state of its own, and a record that comes while
 *       nodes are being asked makes the round go on until they have that one.
 *   <li><b>Immortal sets</b> (D-08): a slot ends with its record, and the probing of a node with its last slot.
 *   <li><b>Polite refusals</b> (D-09, D-53): only "stored" counts; after a refusal without a reason the node is asked
 *       for the record.
 *   <li><b>Storms</b> (D-35): a fixed number of requests and lookups is under way, however much is due at once; a node
 *       is probed once for all its records, and not at all while traffic comes from it.
 *   <li><b>Too many copies</b> (D-36): the nearest nodes that answer get the record, no others; eight, or sixteen for
 *       topics in a small network ({@link PublishSettings.SmallNetworks}).
 *   <li><b>A key surrounded</b> by many identities of a few networks: one replica for each network comes first.
 *   <li><b>A key surrounded from many networks:</b> all nodes of its vicinity hold the record.
 *   <li><b>Nodes that hide what they confirmed</b> some time later: they do not count, and farther ones hold the
 *       record, too.
 *   <li><b>A wall clock that was set back:</b> records signed before come from the future, and nodes refuse them. The
 *       application is asked for newer ones at once, and these are offered to the nodes that refused, too.
 * </ul>
 *
 * Times in nanoseconds, where not said otherwise. Not thread-safe.
 */
public final class Publisher {

    /** Age in nanoseconds up to which the result of a lookup is used for another record. */
    private static final long FRESH = Duration.ofMinutes(1).toNanos();

    /** With 100,000 publications of an hour some 450 STOREs are sent in a second; one takes 100 ms, a timeout 3 s. */
    private static final int PUBLICATIONS_PER_REQUEST = 256;

    private final PublishSettings settings;
    private final Map<Long, Publication> publications = new LinkedHashMap<>();
    private final Waiting waiting = new Waiting();
    private final Pacer pacer;
    private final Deque<PublishStep> notices = new ArrayDeque<>();
    private final Placements placements;
    private final PeerWatch peers;
    private final Rounds rounds;
    private final Lifetimes lifetimes;
    private final ClockWatch clock = new ClockWatch();
    private int requestsUnderWay;
    private int lookupsUnderWay;

    /**
     * No publications yet.
     *
     * @param selection which of the nearest nodes are chosen
     * @param retention how long other nodes keep records; assumed to be the same as here
     * @param random spreads what would otherwise happen at once
     */
    public Publisher(PublishSettings settings, Selection selection, Retention retention, RandomGenerator random) {
        this.settings = settings;
        this.pacer = new Pacer(settings.sweep().pace());
        this.placements = new Placements(settings, selection, this::isMany, random);
        this.peers = new PeerWatch(settings, this::isMany);
        this.rounds = new Rounds(settings, placements, peers, this::isMany, notices);
        this.lifetimes = new Lifetimes(retention, this::isMany, pacer, notices);
    }

    // ---- commands ---------------------------------------------------------------------------------------------

    /** Returns true if there are so many publications that their work is shared and spread. */
    private boolean isMany() {
        return publications.size() > settings.sweep().above();
    }

    /** Returns true if one more publication is within the limit. */
    public boolean hasRoom() {
        return publications.size() < settings.limits().maxPublications();
    }

    /**
     * Begins a publication; {@link PublishStep.Settled} follows once.
     *
     * @param operation the number of the operation, which names the publication from now on
     */
    public void publish(NodeTime now, long operation, Command.Publish command) {
        Publication publication =
                new Publication(operation, placements.setFor(command.key(), command.record()), command.renewable());
        publications.put(operation, publication);
        begin(now, publication, command.record(), operation);
    }

    /** Continues with a newer record, if the publication is open; {@link PublishStep.Settled} follows once. */
    public void renew(NodeTime now, long operation, Command.Renew command) {
        Publication publication = publications.get(command.publication());
        if (publication != null) {
            begin(now, publication, command.record(), operation);
        }
    }

    /** Returns the key of a publication that is open. */
    public Optional<NodeId> keyOf(long id) {
        return Optional.ofNullable(publications.get(id))
                .map(publication -> publication.set().placement().key());
    }

    private void begin(NodeTime now, Publication publication, VerifiedRecord record, long operation) {
        ReplicaSet set = publication.set();
        set.settle(notices);
        set.addOwner(publication);
        set.replaceRecord(record);
        publication.await(operation);
        lifetimes.begin(now, set);
        set.placement().resetRepairDelay();
        if (!isMany() || set.isAsked() || pacer.take(now.nanos())) {
            store(now.nanos(), set);
        } else {
            waiting.add(set);
        }
        set.setAsked(false);
    }

    /** Begins to store the set's record. */
    private void store(long now, ReplicaSet set) {
        waiting.remove(set);
        Placement placement = set.placement();
        if (placement.isFoundSince(now - FRESH)) {
            rounds.resume(set);
        } else {
            placements.searchNow(now, placement);
        }
    }

    /** Ends a publication; copies at other nodes expire by themselves. Returns how many ended: one, or none. */
    public int unpublish(long id) {
        Optional<Publication> ended = Optional.ofNullable(publications.get(id));
        ended.ifPresent(this::end);
        return ended.isPresent() ? 1 : 0;
    }

    /** Ends all publications of records that speak for this address, and returns how many. */
    public int unpublishAll(Address address) {
        List<Publication> ended = publications.values().stream()
                .filter(publication -> publication.set().isBy(address))
                .toList();
        ended.forEach(this::end);
        return ended.size();
    }

    private void end(Publication publication) {
        ReplicaSet set = publication.set();
        publications.remove(publication.id());
        publication.settle(notices);
        set.removeOwner(publication);
        if (set.owners().isEmpty()) {
            waiting.remove(set);
            rounds.abandon(set);
            lifetimes.end(set);
            placements.drop(set);
        }
    }

    // ---- what to do next --------------------------------------------------------------------------------------

    /** Returns what to do next. */
    public PublishStep next(NodeTime time) {
        if (clock.look(time)) {
            onClockSetBack(time);
        }
        long now = time.nanos();
        fireDue(now);
        for (Optional<Placement> found = placements.nextCovered();
                found.isPresent();
                found = placements.nextCovered()) {
            onFound(now, found.get());
        }
        Optional<PublishStep> next = Optional.ofNullable(notices.poll());
        if (next.isEmpty() && lookupsUnderWay < settings.limits().maxLookups()) {
            Optional<PublishStep.FindNearest> search = placements.nextSearch();
            lookupsUnderWay += search.isPresent() ? 1 : 0;
            next = search.map(wanted -> wanted);
        }
        if (next.isEmpty() && requestsUnderWay < maxRequests()) {
            Optional<PublishStep.Request> request = rounds.next(now).or(() -> peers.nextProbe(now));
            requestsUnderWay += request.isPresent() ? 1 : 0;
            next = request.map(wanted -> wanted);
        }
        return next.or(() -> Optional.ofNullable(notices.poll()))
                .orElseGet(() -> new PublishStep.Wait(nextDeadline(now)));
    }

    /** Timeouts of a few nodes must not hold up the records of a large host. */
    private int maxRequests() {
        return Math.max(settings.limits().maxRequests(), publications.size() / PUBLICATIONS_PER_REQUEST);
    }

    private void onClockSetBack(NodeTime now) {
        for (ReplicaSet set : openSets()) {
            lifetimes.begin(now, set);
            if (set.onClockSetBack(now.unixSeconds())) {
                lifetimes.renewNow(now, set);
            }
            if (!set.isRenewable()) {
                rounds.resume(set);
            }
        }
    }

    /** Returns the sets whose record has not expired. */
    private List<ReplicaSet> openSets() {
        return placements.all().stream()
                .flatMap(placement -> placement.sets().stream())
                .filter(set -> !set.isExpired())
                .toList();
    }

    private void fireDue(long now) {
        while (!waiting.isEmpty() && (!isMany() || pacer.take(now))) {
            store(now, waiting.next());
        }
        for (Optional<ReplicaSet> expired = lifetimes.fireDue(now);
                expired.isPresent();
                expired = lifetimes.fireDue(now)) {
            expire(expired.get());
        }
        placements.fireDue(now);
    }

    /** Empties the slot until a newer record comes; without a publication that can bring one, the slot ends. */
    private void expire(ReplicaSet set) {
        set.expire();
        set.settle(notices);
        waiting.remove(set);
        rounds.abandon(set);
        List.copyOf(set.owners()).stream().filter(owner -> !owner.isRenewable()).forEach(this::end);
    }

    /** With all requests under way, probes that are due wait for one of them to end, not for a time. */
    private long nextDeadline(long now) {
        long look = publications.isEmpty() ? NodeTime.NEVER : clock.nextDeadline();
        long begin = waiting.isEmpty() ? NodeTime.NEVER : pacer.nextAt();
        return NodeTime.earlier(NodeTime.earlier(look, begin), nextWork(now));
    }

    private long nextWork(long now) {
        long probe = requestsUnderWay < maxRequests() ? peers.nextDeadline() : NodeTime.NEVER;
        return NodeTime.earlier(probe, NodeTime.earlier(lifetimes.nextDeadline(now), placements.nextDeadline()));
    }

    // ---- results ----------------------------------------------------------------------------------------------

    /** Takes the nodes that a lookup found, nearest first, perhaps none. */
    public void onNearest(NodeTime now, PublishStep.FindNearest search, List<Contact> nodes) {
        onNearest(now, search, nodes, List.of());
    }

    /**
     * Does the same.
     *
     * @param around more nodes that are to hold the records, as the key looks surrounded; empty if it does not
     */
    public void onNearest(NodeTime now, PublishStep.FindNearest search, List<Contact> nodes, List<Contact> around) {
        lookupsUnderWay--;
        placements
                .onNearest(now.nanos(), search.key(), nodes, around)
                .forEach(placement -> onFound(now.nanos(), placement));
    }

    private void onFound(long now, Placement placement) {
        for (ReplicaSet set : placement.sets()) {
            if (!waiting.contains(set)) {
                set.attempts().forgetTimeouts();
                set.absent().forEach(peer -> peers.suspect(now, peer));
                rounds.resume(set);
            }
        }
    }

    /** Takes the answer to a STORE (wire.md 7.8). */
    public void onStoreAnswer(NodeTime now, PublishStep.Store store, StoreResponse answer) {
        requestsUnderWay--;
        rounds.onStoreAnswer(now.nanos(), store, answer);
    }

    /**
     * Takes the records of a type that a node has at a key.
     *
     * @param cut true if the answer is probably truncated
     */
    public void onReadAnswer(NodeTime now, PublishStep.Read read, List<VerifiedRecord> records, boolean cut) {
        requestsUnderWay--;
        RecordSlot slot = RecordSlot.of(read.record().record());
        Optional<VerifiedRecord> held = records.stream()
                .filter(candidate -> RecordSlot.of(candidate.record()).equals(slot))
                .max(RecordOrder.TOTAL);
        boolean holds = held.isPresent() && !RecordOrder.isNewer(read.record(), held.get());
        if (holds) {
            placements.find(read.key(), read.record()).ifPresent(set -> set.compare(held.get(), read.to()));
        }
        switch (read.purpose()) {
            case DISPUTE -> rounds.onDisputeAnswer(now.nanos(), read, holds);
            case READ_BACK -> rounds.onReadBack(read);
            case PROBE ->
                peers.checked(now.nanos(), read.to().nodeId())
                        .ifPresent(peer -> endProbe(now.nanos(), peer, read, holds, cut));
        }
    }

    /** A node that lost one record has probably lost all; unless the answer was truncated. */
    private void endProbe(long now, ReplicaHolder peer, PublishStep.Read read, boolean holds, boolean cut) {
        Optional<ReplicaSet> asked = placements.find(read.key(), read.record());
        if (holds) {
            asked.ifPresent(set -> set.confirmAgain(peer, read.record(), now));
        } else if (cut) {
            asked.ifPresent(set -> rounds.onLost(set, peer));
        } else {
            peer.sets().forEach(set -> rounds.onLost(set, peer));
        }
    }

    /** Takes a PONG. */
    public void onPong(NodeTime now, PublishStep.Ping ping) {
        requestsUnderWay--;
        peers.answered(now.nanos(), ping.to().nodeId());
    }

    /** A request timed out. */
    public void onTimeout(NodeTime now, PublishStep.Request request) {
        requestsUnderWay--;
        if (isProbe(request)) {
            peers.timedOut(now.nanos(), request.to().nodeId()).ifPresent(peer -> rounds.onBad(now.nanos(), peer));
        } else {
            rounds.onNoAnswer(now.nanos(), request);
            peers.suspect(now.nanos(), request.to().nodeId());
        }
    }

    /** A request could not be sent, for a reason of this node; the peer is not suspected. */
    public void onUnsent(NodeTime now, PublishStep.Request request) {
        requestsUnderWay--;
        if (isProbe(request)) {
            peers.postpone(now.nanos(), request.to().nodeId());
        } else {
            rounds.onNoAnswer(now.nanos(), request);
        }
    }

    private static boolean isProbe(PublishStep.Request request) {
        return switch (request) {
            case PublishStep.Ping ping -> true;
            case PublishStep.Read read -> read.purpose() == Purpose.PROBE;
            case PublishStep.Store store -> false;
        };
    }

    // ---- events -----------------------------------------------------------------------------------------------

    /**
     * Notes a message of a node whose signature holds. Called for every message, and cheap.
     *
     * @param isResponse true if it answers a request of this node, and so is no replay
     */
    public void onMessageFrom(NodeTime now, NodeId node, Endpoint from, boolean isResponse) {
        peers.heard(now.nanos(), node, from, isResponse)
                .ifPresent(peer -> peer.sets().forEach(set -> rounds.trim(now.nanos(), set)));
    }

    /** A node has proven to be at this endpoint. */
    public void onProven(Contact contact) {
        peers.moved(contact);
    }

    /** A node was found to hide records: it is no replica of these any longer, and others are. */
    public void onHiding(NodeTime now, NodeId node) {
        peers.find(node).ifPresent(peer -> peer.sets().forEach(set -> rounds.onHiding(now.nanos(), set, node)));
    }

    /**
     * A node that was not known before has proven its address: it gets the records that it is near to. While fewer
     * nodes are known than replicas are wanted, being among the nearest of these means nothing: a node that publishes
     * while it joins would store its records at every node it meets, and these would keep them when newer ones are
     * elsewhere. Then the nearest nodes are looked up instead, with the help of the new one. With many publications the
     * next renewals find the node.
     */
    public void onNewContact(Contact contact) {
        for (Placement placement : isMany() ? placements.unknown() : placements.all()) {
            if (placement.isNeeded() && placement.onNewContact(contact, settings.replicas())) {
                placement.sets().forEach(rounds::resume);
            } else if (!placement.isKnown(settings.replicas())) {
                placements.search(placement);
            }
        }
    }

    /**
     * Requests succeed again after a time when none did, or the machine woke up: all replicas are probed, all nearest
     * nodes are looked up, and what is due by the wall clock is done.
     */
    public void onConnectivityRestored(NodeTime now) {
        peers.suspectAll(now.nanos());
        placements.searchEverywhere();
        openSets().forEach(set -> lifetimes.begin(now, set));
    }

    // ---- state ------------------------------------------------------------------------------------------------

    /** Returns the records published at a key that this node can renew, and thus knows to be the newest. */
    public List<VerifiedRecord> renewableAt(NodeId key) {
        return placements.setsAt(key).stream()
                .filter(ReplicaSet::isRenewable)
                .map(ReplicaSet::record)
                .toList();
    }

    /** Returns true if this record's slot is published by this node at {@code key}. */
    public boolean isPublished(NodeId key, VerifiedRecord record) {
        return placements.find(key, record).isPresent();
    }

    /** Returns the replicas of a publication; empty for one that is over. */
    public Optional<PublicationState> state(NodeTime now, long id) {
        return Optional.ofNullable(publications.get(id))
                .map(publication -> publication.set().state(now));
    }

    /** Returns the replicas of each record that is published at this key and speaks for this address. */
    public List<PublicationState> states(NodeTime now, NodeId key, Address address) {
        return placements.setsAt(key).stream()
                .filter(set -> set.isBy(address))
                .map(set -> set.state(now))
                .toList();
    }

    /** Returns how widely all records are held; takes time in proportion to their number. */
    public ReplicaTotals replicaTotals() {
        int records = 0;
        long confirmed = 0;
        long wanted = 0;
        int lacking = 0;
        for (ReplicaSet set : openSets()) {
            records++;
            confirmed += set.confirmed();
            wanted += set.wanted();
            lacking += set.isSatisfied() ? 0 : 1;
        }
        return new ReplicaTotals(records, confirmed, wanted, lacking);
    }

    /** Returns numbers about publishing. */
    public PublishStatistics statistics() {
        return new PublishStatistics(
                new Occupancy(publications.size(), settings.limits().maxPublications()),
                peers.size(),
                new Occupancy(requestsUnderWay, maxRequests()),
                new Occupancy(lookupsUnderWay, settings.limits().maxLookups()),
                rounds.confirmations(),
                rounds.refusals(),
                peers.saved(),
                placements.surrounded());
    }
}
