package io.a2al.core.publish;

import io.a2al.core.api.PublicationState;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.SubnetShare;
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
 * Keeps our own publications in the network (node.md section 12), stepped by its owner: {@link #next} says what to do,
 * the ends of requests and lookups are reported back, and {@code next} is asked again. Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Lost publications</b> (known-defects D-07): each slot has a state of its own, and a record that comes while
 *       nodes are being asked makes the round go on until they have that one.
 *   <li><b>Immortal sets</b> (D-08): a slot ends with its record, and with the last slot of a node ends its probing.
 *   <li><b>Polite refusals</b> (D-09, D-53): only "stored" counts; a refusal without a reason is looked into.
 *   <li><b>Storms</b> (D-35): a fixed number of requests and lookups is under way, whatever is due at once; a node is
 *       probed once for all its records, and not at all while it is heard.
 *   <li><b>Too many copies</b> (D-36): the nearest nodes that answer get the record, nobody else.
 *   <li><b>A key surrounded</b> by many identities of a few networks: one replica for each network comes first.
 * </ul>
 *
 * Times in nanoseconds, where not said otherwise. Not thread-safe.
 */
public final class Publisher {

    /** A placement found within this time is good for another record. */
    private static final long FRESH = Duration.ofMinutes(1).toNanos();

    private final PublishSettings settings;
    private final Map<Long, Publication> publications = new LinkedHashMap<>();
    private final Deque<PublishStep> notices = new ArrayDeque<>();
    private final Placements placements;
    private final PeerWatch peers;
    private final Rounds rounds;
    private final Lifetimes lifetimes;
    private int requestsUnderWay;
    private int lookupsUnderWay;

    /**
     * No publications yet.
     *
     * @param subnets how many replicas of a record may be in one network, as long as there are others
     * @param retention how long others keep records, as far as we know: as long as we do ourselves
     * @param random spreads what would otherwise happen at once
     */
    public Publisher(PublishSettings settings, SubnetShare subnets, Retention retention, RandomGenerator random) {
        this.settings = settings;
        this.placements = new Placements(settings, subnets, random);
        this.peers = new PeerWatch(settings.probing());
        this.rounds = new Rounds(placements, peers, notices);
        this.lifetimes = new Lifetimes(retention, notices);
    }

    // ---- what the application wants ---------------------------------------------------------------------------

    /** True if one more publication is within the limit. */
    public boolean hasRoom() {
        return publications.size() < settings.limits().maxPublications();
    }

    /**
     * Begins a publication; {@link PublishStep.Settled} follows once, for the operation of the same number.
     *
     * @param unixSeconds the time of the day
     * @param renewable true to be asked for a newer record in time
     */
    public void publish(long now, long unixSeconds, long id, NodeId key, VerifiedRecord record, boolean renewable) {
        Publication publication = new Publication(id, placements.setFor(key, record), renewable);
        publications.put(id, publication);
        begin(now, unixSeconds, publication, record, id);
    }

    /** Goes on with a newer record, if the publication is not over; {@link PublishStep.Settled} follows once. */
    public void renew(long now, long unixSeconds, long id, VerifiedRecord record, long operation) {
        Publication publication = publications.get(id);
        if (publication != null) {
            begin(now, unixSeconds, publication, record, operation);
        }
    }

    /** The key of a publication that is not over. */
    public Optional<NodeId> keyOf(long id) {
        return Optional.ofNullable(publications.get(id))
                .map(publication -> publication.set().placement().key());
    }

    private void begin(long now, long unixSeconds, Publication publication, VerifiedRecord record, long operation) {
        ReplicaSet set = publication.set();
        set.settle(notices);
        set.owners().addLast(publication);
        set.replaceRecord(record);
        publication.await(operation);
        lifetimes.begin(now, unixSeconds, set);
        Placement placement = set.placement();
        placement.resetRepairDelay();
        if (placement.isFoundSince(now - FRESH)) {
            rounds.resume(set);
        } else {
            placements.search(placement);
        }
    }

    /** Ends a publication; copies that others hold expire by themselves. Answers how many ended: one, or none. */
    public int unpublish(long id) {
        Optional<Publication> ended = Optional.ofNullable(publications.get(id));
        ended.ifPresent(this::end);
        return ended.isPresent() ? 1 : 0;
    }

    /** Ends all publications of records that speak for this address; answers how many. */
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
        set.owners().remove(publication);
        if (set.owners().isEmpty()) {
            rounds.abandon(set);
            lifetimes.end(set);
            placements.drop(set);
        }
    }

    // ---- what to do next --------------------------------------------------------------------------------------

    /** What to do next. */
    public PublishStep next(long now) {
        fireDue(now);
        Optional<PublishStep> next = Optional.ofNullable(notices.poll());
        if (next.isEmpty() && lookupsUnderWay < settings.limits().maxLookups()) {
            Optional<PublishStep.FindNearest> search = placements.nextSearch();
            lookupsUnderWay += search.isPresent() ? 1 : 0;
            next = search.map(wanted -> wanted);
        }
        if (next.isEmpty() && requestsUnderWay < settings.limits().maxRequests()) {
            Optional<PublishStep.Request> request = rounds.next(now).or(() -> peers.nextProbe(now));
            requestsUnderWay += request.isPresent() ? 1 : 0;
            next = request.map(wanted -> wanted);
        }
        return next.or(() -> Optional.ofNullable(notices.poll())).orElseGet(() -> new PublishStep.Wait(nextDeadline()));
    }

    private void fireDue(long now) {
        for (Optional<ReplicaSet> due = lifetimes.pollExpired(now); due.isPresent(); due = lifetimes.pollExpired(now)) {
            expire(due.get());
        }
        lifetimes.askForRenewals(now);
        placements.fireDue(now);
    }

    /** The slot is empty until a newer record comes; without an owner who can bring one, it ends. */
    private void expire(ReplicaSet set) {
        set.expire();
        set.settle(notices);
        rounds.abandon(set);
        List.copyOf(set.owners()).stream().filter(owner -> !owner.isRenewable()).forEach(this::end);
    }

    /** With all requests under way, probes that are due must wait for one of them to end, and not for time to pass. */
    private long nextDeadline() {
        long probe = requestsUnderWay < settings.limits().maxRequests() ? peers.nextDeadline() : NodeTime.NEVER;
        return NodeTime.earlier(probe, NodeTime.earlier(lifetimes.nextDeadline(), placements.nextDeadline()));
    }

    // ---- what came of it --------------------------------------------------------------------------------------

    /** A lookup is over; the nodes that answered, nearest first, perhaps none. */
    public void onNearest(long now, PublishStep.FindNearest search, List<Contact> nodes) {
        lookupsUnderWay--;
        placements.onNearest(now, search.key(), nodes).ifPresent(placement -> {
            for (ReplicaSet set : placement.sets().values()) {
                set.forgetSilence();
                set.absentFrom(nodes).forEach(peer -> peers.doubt(now, peer));
                rounds.resume(set);
            }
        });
    }

    /** A node answered a STORE (wire.md 7.8). */
    public void onStoreAnswer(long now, PublishStep.Store store, StoreResponse answer) {
        requestsUnderWay--;
        rounds.onStoreAnswer(now, store, answer);
    }

    /**
     * A node answered which records of a type it has at a key.
     *
     * @param cut true if it probably has more
     */
    public void onReadAnswer(long now, PublishStep.Read read, List<VerifiedRecord> records, boolean cut) {
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
            case DISPUTE -> rounds.onDisputeAnswer(now, read, holds);
            case PROBE ->
                peers.checked(now, read.to().nodeId()).ifPresent(peer -> endProbe(now, peer, read, holds, cut));
        }
    }

    /** A node without a record that it had before has probably lost all of them. */
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

    /** A node answered a PING. */
    public void onPong(long now, PublishStep.Ping ping) {
        requestsUnderWay--;
        peers.answered(now, ping.to().nodeId());
    }

    /** A node did not answer. */
    public void onSilence(long now, PublishStep.Request request) {
        requestsUnderWay--;
        if (isProbe(request)) {
            peers.silent(now, request.to().nodeId()).ifPresent(rounds::onBad);
        } else {
            rounds.onNoAnswer(now, request);
            peers.doubt(now, request.to().nodeId());
        }
    }

    /** Nothing was sent, for a reason of our own; nobody is to blame. */
    public void onUnsent(long now, PublishStep.Request request) {
        requestsUnderWay--;
        if (isProbe(request)) {
            peers.postpone(now, request.to().nodeId());
        } else {
            rounds.onNoAnswer(now, request);
        }
    }

    private static boolean isProbe(PublishStep.Request request) {
        return switch (request) {
            case PublishStep.Ping ping -> true;
            case PublishStep.Read read -> read.purpose() == Purpose.PROBE;
            case PublishStep.Store store -> false;
        };
    }

    // ---- what happens around it -------------------------------------------------------------------------------

    /**
     * Verified traffic came from a node. Cheap, as this is told for every message.
     *
     * @param isResponse true if it answers a request of ours, and so is no replay
     */
    public void onHeard(long now, NodeId node, Endpoint from, boolean isResponse) {
        peers.heard(now, node, from, isResponse).ifPresent(peer -> peer.sets().forEach(rounds::trim));
    }

    /** A node was proven to be at this endpoint. */
    public void onProven(Contact contact) {
        peers.moved(contact);
    }

    /**
     * A node was proven to be there that was not known before: the records that it is near to go there, too. Where
     * fewer nodes are known than are wanted, it says nothing that the newcomer is among the nearest of these: whoever
     * publishes while it joins would store its records at everybody it meets, and they would keep them when newer ones
     * are elsewhere. But through the newcomer those that are near can be found.
     */
    public void onNewContact(Contact contact) {
        for (Placement placement : placements.all()) {
            if (placement.isNeeded() && placement.onNewContact(contact, settings.replicas())) {
                placement.sets().values().forEach(rounds::resume);
            } else if (!placement.isKnown(settings.replicas())) {
                placements.search(placement);
            }
        }
    }

    /**
     * Requests succeed again after a time when none did, or the machine woke up: everything is looked at again, and
     * what is due by the time of the day is done.
     */
    public void onConnectivityRestored(long now, long unixSeconds) {
        peers.doubtAll(now);
        placements.searchEverywhere();
        placements.all().stream()
                .flatMap(placement -> placement.sets().values().stream())
                .filter(set -> !set.isExpired())
                .forEach(set -> lifetimes.begin(now, unixSeconds, set));
    }

    // ---- what there is to tell --------------------------------------------------------------------------------

    /** The records being published at a key that we can renew, and thus know to be the newest. */
    public List<VerifiedRecord> renewableAt(NodeId key) {
        return placements.setsAt(key).stream()
                .filter(set -> set.owners().stream().anyMatch(Publication::isRenewable))
                .map(ReplicaSet::record)
                .toList();
    }

    /** True if this record's slot is being published here. */
    public boolean isPublished(NodeId key, VerifiedRecord record) {
        return placements.find(key, record).isPresent();
    }

    /** How widely the record of a publication is held; nothing for a publication that is over. */
    public Optional<PublicationState> state(long now, long id) {
        return Optional.ofNullable(publications.get(id))
                .map(publication -> publication.set().state(now));
    }

    /** How widely each record is held that is published at this key and speaks for this address. */
    public List<PublicationState> states(long now, NodeId key, Address address) {
        return placements.setsAt(key).stream()
                .filter(set -> set.isBy(address))
                .map(set -> set.state(now))
                .toList();
    }

    /** Numbers about it. */
    public PublishStatistics statistics() {
        return new PublishStatistics(
                new Occupancy(publications.size(), settings.limits().maxPublications()),
                peers.size(),
                new Occupancy(requestsUnderWay, settings.limits().maxRequests()),
                new Occupancy(lookupsUnderWay, settings.limits().maxLookups()),
                rounds.confirmations(),
                rounds.refusals(),
                peers.saved());
    }
}
