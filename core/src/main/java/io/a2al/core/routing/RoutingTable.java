package io.a2al.core.routing;

import io.a2al.core.api.KnownNetwork;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.SubnetLimits;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.statistics.EnumCounts;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The k-buckets of a node (Maymounkov and Mazières 2002, section 2.4; node.md section 8): bucket {@code i} holds up to
 * {@value #K} contacts that share exactly {@code i} leading bits with us, least recently verified first. A full bucket
 * keeps its old contacts; newcomers wait as replacements until one of them fails, except that the first verified one of
 * another address family gets the place of the latest, and that {@linkplain #offerNeighbour neighbours} need not wait.
 * Times in nanoseconds. Not thread-safe.
 */
public final class RoutingTable {

    /** Contacts per bucket, and the size of answers and lookups. */
    public static final int K = 16;

    /** What became of an offered contact. */
    public enum Offer {
        /** It was appended to its bucket. */
        INSERTED,
        /** It was there already. */
        KNOWN,
        /** Its bucket is full. */
        FULL,
        /** Its bucket, or the table, holds as many contacts of one of its networks as it may. */
        CROWDED,
        /** It is ourselves, or no contact that a node can have. */
        REFUSED
    }

    /** What an offer is based on. */
    public enum Evidence {
        /** The node answered us at this endpoint: becomes the most recent contact, and its endpoint is taken. */
        VERIFIED,
        /** A peer or the application reported it: fills a free place and changes nothing else (known-defects D-02). */
        REPORTED
    }

    private final NodeId self;
    private final Predicate<Contact> admissible;
    private final SubnetCensus census;

    /**
     * The first buckets, up to the deepest that ever had a contact: in a network of N nodes about log N of all there
     * could be.
     */
    private final List<Bucket> buckets = new ArrayList<>();

    /** Stands for all those beyond, which are empty. */
    private final Bucket beyond = new Bucket();

    /** The bucket that {@link #nearest} is sorting. */
    private final List<Contact> sorting = new ArrayList<>();

    private int size;

    /**
     * Index of the non-empty bucket nearest to ourselves; -1 for an empty table. Most other buckets are beyond it,
     * empty.
     */
    private int deepest = -1;

    private long crowdedOut;

    /** The network's size as it was estimated before the restart, while the table may be too new to tell it. */
    private KnownNetwork.Size formerSize = KnownNetwork.Size.UNKNOWN;

    /** Creates an empty table of the node {@code self}, for a closed network: contacts may all be in one subnet. */
    public RoutingTable(NodeId self) {
        this(self, Contact::isGenuine);
    }

    /** Creates an empty table of the node {@code self} with limits per subnet. */
    public RoutingTable(NodeId self, SubnetLimits subnets) {
        this(self, Contact::isGenuine, subnets);
    }

    /**
     * Creates an empty table that admits other contacts, for networks (and vectors) whose NodeIDs belong to no address.
     */
    public RoutingTable(NodeId self, Predicate<Contact> admissible) {
        this(self, admissible, SubnetLimits.NONE);
    }

    private RoutingTable(NodeId self, Predicate<Contact> admissible, SubnetLimits subnets) {
        this.self = self;
        this.admissible = admissible;
        this.census = new SubnetCensus(subnets);
    }

    /** Offers a contact. */
    public Offer offer(Contact contact, Evidence evidence, long now) {
        if (contact.nodeId().equals(self) || !admissible.test(contact)) {
            return Offer.REFUSED;
        }
        Bucket bucket = bucketOf(contact.nodeId());
        Optional<Bucket.Entry> known = bucket.find(contact.nodeId());
        if (known.isPresent()) {
            return evidence == Evidence.VERIFIED ? verify(bucket, known.get(), contact, now) : Offer.KNOWN;
        }
        if (!census.hasRoomFor(contact.endpoint(), bucket.contacts(), Optional.empty())) {
            crowdedOut++;
            return Offer.CROWDED;
        }
        if (bucket.size() == K) {
            if (evidence != Evidence.VERIFIED || !census.isFirstOfItsFamily(contact.endpoint(), bucket.contacts())) {
                return Offer.FULL;
            }
            makeWait(bucket.contacts().getLast());
        }
        madeBucketOf(contact.nodeId()).append(contact, evidence == Evidence.VERIFIED ? now : Bucket.NEVER);
        census.add(contact.endpoint());
        size++;
        deepest = Math.max(deepest, indexOf(contact.nodeId()));
        return Offer.INSERTED;
    }

    /** Makes a contact wait for a place as newcomers do. */
    private void makeWait(Contact contact) {
        remove(contact.nodeId());
        bucketOf(contact.nodeId()).addReplacement(contact);
    }

    /**
     * Offers a verified newcomer to a full bucket once more: one that is among the {@value #K} nearest to ourselves
     * gets the place of the contact that no longer is, as every node has to know its nearest (Maymounkov and Mazières
     * 2002, section 2.4). Returns {@link Offer#FULL} for others.
     */
    public Offer offerNeighbour(Contact contact, long now) {
        if (!isNeighbour(contact.nodeId())) {
            return Offer.FULL;
        }
        makeWait(farthestNeighbourIn(indexOf(contact.nodeId())));
        return offer(contact, Evidence.VERIFIED, now);
    }

    /**
     * Returns true if a newcomer to a full bucket is nearer to ourselves than the {@value #K}-th nearest contact, which
     * is in the same bucket then. The contacts of the bucket that are farther away keep their places, as many as there
     * are contacts beyond the bucket. So identities made to be near to us do not take all of it.
     *
     * <p>Strangers choose how often this is asked and for which NodeIDs. It reads the sizes of the buckets beyond, at
     * most 255, compares at most {@value #K} NodeIDs, and allocates nothing. Only a newcomer that passes costs a sort,
     * of {@value #K} contacts.
     */
    private boolean isNeighbour(NodeId newcomer) {
        int index = indexOf(newcomer);
        return index != deepest
                && bucketAt(index).size() == K
                && bucketAt(index).countNearer(self, newcomer) < neighboursIn(index);
    }

    /** Returns how many contacts of a full bucket are among the {@value #K} nearest to ourselves. */
    private int neighboursIn(int index) {
        int places = K;
        for (int i = index + 1; i <= deepest && places > 0; i++) {
            places -= bucketAt(i).size();
        }
        return Math.max(places, 0);
    }

    private Contact farthestNeighbourIn(int index) {
        List<Contact> contacts = bucketAt(index).contacts();
        contacts.sort((a, b) -> self.compareDistance(a.nodeId(), b.nodeId()));
        return contacts.get(neighboursIn(index) - 1);
    }

    /** A contact that moves needs room in its new subnet; without, it keeps its old address and will fail there. */
    private Offer verify(Bucket bucket, Bucket.Entry entry, Contact at, long now) {
        Endpoint before = entry.contact().endpoint();
        if (!before.equals(at.endpoint())) {
            List<Contact> beside = new ArrayList<>(bucket.contacts());
            beside.remove(entry.contact());
            if (!census.hasRoomFor(at.endpoint(), beside, Optional.of(before))) {
                crowdedOut++;
                return Offer.CROWDED;
            }
            census.remove(before);
            census.add(at.endpoint());
        }
        entry.verify(at, now);
        bucket.moveToEnd(entry);
        return Offer.KNOWN;
    }

    /** Makes a contact the most recent of its bucket. */
    public void touch(NodeId nodeId) {
        Bucket bucket = bucketOf(nodeId);
        bucket.find(nodeId).ifPresent(bucket::moveToEnd);
    }

    /** Removes a contact; returns false if it was not there. */
    public boolean remove(NodeId nodeId) {
        Optional<Contact> known = find(nodeId);
        known.ifPresent(contact -> {
            bucketOf(nodeId).remove(nodeId);
            census.remove(contact.endpoint());
            size--;
            while (deepest >= 0 && bucketAt(deepest).size() == 0) {
                deepest--;
            }
        });
        return known.isPresent();
    }

    /** Returns the contact with this NodeID. */
    public Optional<Contact> find(NodeId nodeId) {
        return nodeId.equals(self)
                ? Optional.empty()
                : bucketOf(nodeId).find(nodeId).map(Bucket.Entry::contact);
    }

    /** Returns true if the contact answered us at or after {@code since}. */
    public boolean isVerifiedSince(NodeId nodeId, long since) {
        return bucketOf(nodeId)
                .find(nodeId)
                .filter(entry -> entry.isVerifiedSince(since))
                .isPresent();
    }

    /** Returns the number of contacts in the bucket of {@code target} that answered us at or after {@code since}. */
    public int countVerifiedSince(NodeId target, long since) {
        return bucketOf(target).countVerifiedSince(since);
    }

    /** Returns true if both NodeIDs belong to the same bucket. */
    public boolean isSameBucket(NodeId one, NodeId other) {
        return indexOf(one) == indexOf(other);
    }

    /** Returns the time between the first and the latest answer of a contact; empty if it never answered. */
    public Optional<Duration> knownFor(NodeId nodeId) {
        return bucketOf(nodeId).find(nodeId).flatMap(Bucket.Entry::knownFor);
    }

    /**
     * Remembers a newcomer to a full bucket; the oldest of too many is evicted. Returns false if there are enough of
     * its subnet in the bucket, or among the newcomers that wait.
     */
    public boolean addReplacement(Contact contact) {
        Bucket bucket = bucketOf(contact.nodeId());
        boolean diverse = census.hasRoomFor(contact.endpoint(), bucket.contacts(), Optional.empty())
                && census.isDiverse(contact.endpoint(), bucket.replacementsBeside(contact.nodeId()));
        if (diverse) {
            madeBucketOf(contact.nodeId()).addReplacement(contact);
        } else {
            crowdedOut++;
        }
        return diverse;
    }

    /** Takes the latest replacement out of the bucket that {@code nodeId} belongs to. */
    public Optional<Contact> takeReplacement(NodeId nodeId) {
        return bucketOf(nodeId).takeReplacement();
    }

    /** Returns true if a newcomer waits for a place in the bucket that {@code nodeId} belongs to. */
    public boolean hasReplacement(NodeId nodeId) {
        return bucketOf(nodeId).hasReplacement();
    }

    /** Returns the least recently verified contact of the bucket that {@code nodeId} belongs to. */
    public Optional<Contact> oldestInBucketOf(NodeId nodeId) {
        return bucketOf(nodeId).oldest();
    }

    /** Returns the number of contacts in the bucket with this index, 0 to 255. */
    public int bucketSize(int index) {
        return bucketAt(index).size();
    }

    /** Returns the index of the bucket that {@code nodeId} belongs to, 0 to 255; -1 for ourselves. */
    public int bucketIndex(NodeId nodeId) {
        int prefix = self.commonPrefixLength(nodeId);
        return prefix == NodeId.BITS ? -1 : prefix;
    }

    /** Returns true if this newcomer would be inserted, being a contact that a node can have. */
    public boolean hasRoomFor(Contact contact) {
        Bucket bucket = bucketOf(contact.nodeId());
        List<Contact> contacts = bucket.contacts();
        return (contacts.size() < K
                        || census.isFirstOfItsFamily(contact.endpoint(), contacts)
                        || isNeighbour(contact.nodeId()))
                && census.hasRoomFor(contact.endpoint(), contacts, Optional.empty());
    }

    /** Notes that a lookup for {@code target} began, which refreshes the bucket that the target belongs to. */
    public void noteLookup(NodeId target, long now) {
        bucketOf(target).noteLookup(now);
    }

    /** Makes every bucket due for a lookup, as after a sleep or in another network. */
    public void forgetLookups() {
        for (Bucket bucket : buckets) {
            bucket.forgetLookup();
        }
    }

    /**
     * Returns the bucket that went longest without a lookup, if that is longer than {@code interval}, or twice, four
     * times … as long where refreshing was fruitless; only buckets up to {@link #lastToRefresh} count.
     */
    public Optional<Integer> mostIdleBucket(long now, long interval) {
        int idlest = -1;
        for (int i = 0; i <= lastToRefresh(); i++) {
            boolean due = bucketAt(i).isDue(now, interval);
            if (due && (idlest < 0 || bucketAt(i).isIdleLongerThan(bucketAt(idlest)))) {
                idlest = i;
            }
        }
        return idlest < 0 ? Optional.empty() : Optional.of(idlest);
    }

    /**
     * Notes that a lookup begins that is to bring contacts for this bucket; if the one before brought none, the next
     * one is due later.
     */
    public void noteRefresh(int index, int maxFruitless) {
        bucketAt(index).noteRefresh(maxFruitless);
    }

    /**
     * Returns the last bucket that needs lookups of its own: beyond it there are fewer than {@value #K} contacts, so
     * that looking up ourselves finds the nodes that belong there. The deepest bucket if there are not that many
     * contacts at all; -1 for an empty table.
     */
    public int lastToRefresh() {
        int found = 0;
        for (int i = deepest; i >= 0; i--) {
            found += bucketAt(i).size();
            if (found >= K) {
                return i;
            }
        }
        return deepest;
    }

    /** Returns a random NodeID that belongs to the bucket with this index. */
    public NodeId randomIdIn(int bucketIndex, RandomGenerator random) {
        return randomIdBeside(self, bucketIndex, random);
    }

    /** Returns a random NodeID that first differs from another one at the bit with this index. */
    public static NodeId randomIdBeside(NodeId other, int index, RandomGenerator random) {
        byte[] bytes = other.flipBit(index).toArray();
        byte[] noise = new byte[NodeId.LENGTH];
        random.nextBytes(noise);
        for (int bit = index + 1; bit < NodeId.BITS; bit++) {
            int mask = 0x80 >>> (bit & 7);
            bytes[bit >>> 3] = (byte) ((bytes[bit >>> 3] & ~mask) | (noise[bit >>> 3] & mask));
        }
        return NodeId.read(bytes, 0);
    }

    /** Returns the number of contacts. */
    public int size() {
        return size;
    }

    /** Returns all contacts, by bucket index, each bucket least recently verified first. */
    public List<Contact> contacts() {
        List<Contact> all = new ArrayList<>(size);
        for (Bucket bucket : buckets) {
            bucket.collect(all);
        }
        return all;
    }

    /**
     * Returns up to {@code count} contacts with the smallest XOR distance to {@code target} that {@code wanted}
     * accepts, nearest first.
     *
     * <p>Takes bucket by bucket, as all contacts of one are nearer than all of another: where the target differs from
     * us in bit {@code i}, bucket {@code i} is nearer than all beyond it, else it is farther than all beyond it.
     */
    public List<Contact> nearest(NodeId target, int count, Predicate<Contact> wanted) {
        List<Contact> nearest = new ArrayList<>(count);
        for (int i = indexOf(target); i <= deepest && nearest.size() < count; i++) {
            if (isNearerThanBeyond(i, target)) {
                addNearest(bucketAt(i), target, nearest, count, wanted);
            }
        }
        for (int i = deepest; i >= 0 && nearest.size() < count; i--) {
            if (!isNearerThanBeyond(i, target)) {
                addNearest(bucketAt(i), target, nearest, count, wanted);
            }
        }
        return nearest;
    }

    /** Returns true if the target differs from us in the bit with this index. */
    private boolean isNearerThanBeyond(int index, NodeId target) {
        return target.isNearer(self.flipBit(index), self);
    }

    /** Tests no more contacts than needed, since testing costs more than sorting. */
    private void addNearest(Bucket bucket, NodeId target, List<Contact> nearest, int count, Predicate<Contact> wanted) {
        sorting.clear();
        bucket.collect(sorting);
        sorting.sort((a, b) -> target.compareDistance(a.nodeId(), b.nodeId()));
        for (int i = 0; i < sorting.size() && nearest.size() < count; i++) {
            if (wanted.test(sorting.get(i))) {
                nearest.add(sorting.get(i));
            }
        }
    }

    /**
     * Returns the network size by the density of the highest non-empty bucket (node.md 9.1): its number of contacts
     * times 2^(index + 1), the exponent at most 62; 0 for an empty table. A single node with a NodeID next to ours can
     * inflate it (known-defects D-37); {@link #networkSize} is better.
     */
    public long estimateNetworkSize() {
        return deepest < 0 ? 0 : bucketAt(deepest).size() * (1L << Math.min(deepest + 1, 62));
    }

    /**
     * Returns how many nodes the network seems to have, by contacts that answered us; not less than was {@linkplain
     * #restoreSize restored}; 0 if neither is known.
     */
    public long networkSize() {
        return Math.max(ownEstimate(), formerSize.nodes());
    }

    private long ownEstimate() {
        return NetworkSize.estimate(index -> bucketAt(index).verifiedSize(), NodeId.BITS, K);
    }

    /** Returns {@link #networkSize}, made at {@code unixSeconds} unless it is the restored one. */
    KnownNetwork.Size sizeAt(long unixSeconds) {
        long own = ownEstimate();
        return own >= formerSize.nodes() ? new KnownNetwork.Size(own, unixSeconds) : formerSize;
    }

    /** Takes an estimate from before the restart, as a node that joins knows too few nodes to make one. */
    void restoreSize(KnownNetwork.Size earlier) {
        formerSize = earlier;
    }

    /** Drops the restored estimate, as the table is filled. */
    public void forgetFormerSize() {
        formerSize = KnownNetwork.Size.UNKNOWN;
    }

    /** Returns the numbers about the table, together with those about the health of peers. */
    public TableStatistics statistics(PeerHealth health, long now) {
        EnumCounts<PeerHealth.State> states = new EnumCounts<>(PeerHealth.State.class);
        for (Contact contact : contacts()) {
            states.count(health.stateOf(contact.nodeId(), now));
        }
        int waiting = buckets.stream().mapToInt(Bucket::replacementCount).sum();
        return new TableStatistics(
                new Occupancy(size, NodeId.BITS * K),
                size - (int) states.of(PeerHealth.State.BAD),
                states.snapshot(),
                new Occupancy(waiting, NodeId.BITS * Bucket.MAX_REPLACEMENTS),
                health.occupancy(),
                networkSize(),
                crowdedOut);
    }

    /** Returns the bucket that a NodeID belongs to, for reading; contacts are added to {@link #madeBucketOf}. */
    private Bucket bucketOf(NodeId nodeId) {
        return bucketAt(indexOf(nodeId));
    }

    private Bucket bucketAt(int index) {
        return index < buckets.size() ? buckets.get(index) : beyond;
    }

    private Bucket madeBucketOf(NodeId nodeId) {
        int index = indexOf(nodeId);
        while (buckets.size() <= index) {
            buckets.add(new Bucket());
        }
        return buckets.get(index);
    }

    private int indexOf(NodeId nodeId) {
        return Math.min(self.commonPrefixLength(nodeId), NodeId.BITS - 1);
    }
}
