package io.a2al.core.routing;

import io.a2al.core.bounds.NetworkLevel;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.bounds.PackedCounts;
import io.a2al.core.guard.SubnetLimits;
import io.a2al.core.liveness.ConnectivityListener;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The contacts that answered us, whether or not the routing table has a place for them, with an estimate for each of
 * being still there: of the far half of the network the table holds 16 nodes only, however many answered. Nothing is
 * sent to keep it up. Hazards and the answers to them:
 *
 * <ul>
 *   <li><b>Rumours</b> (known-defects D-02): only contacts that answered a request of ours, at the endpoint where they
 *       did.
 *   <li><b>Many identities of few networks:</b> a network has a limit, beyond which its newcomers are refused, so that
 *       they take no place of another one.
 *   <li><b>Many new identities of many networks:</b> at the limit, a contact is evicted that is unlikely to be there.
 *       One that answered once, a while ago, is less likely to be there than one that has answered for long.
 *   <li><b>Dead nodes that peers still name:</b> a contact that did not answer stays for a while, so that it is not
 *       asked again.
 *   <li><b>Chosen NodeIDs</b> make nothing slow, see {@link SortedIds}.
 * </ul>
 *
 * Bounded; at most 128 bytes for each contact that it may hold by default. Times in nanoseconds. Not thread-safe.
 */
public final class ContactMemory implements ConnectivityListener {

    /** Contacts compared to choose the one to evict, so that it is among the least likely without a look at all. */
    private static final int COMPARED = 16;

    /** A contact that failed so often in a row is left alone; a single datagram may be lost. */
    private static final int FAILURES_TO_SILENT = 2;

    private static final int MAX_DOUBLINGS = 4;

    private static final long HORIZON_NANOS = Duration.ofHours(1).toNanos();

    private final RoutingSettings.Memory settings;
    private final SubnetLimits subnets;
    private final ContactPool pool;
    private final PackedCounts networks;
    private final SortedIds ids;
    private final Acquaintances acquaintances;

    /** The numbers that the pool gave to the contacts, by place. Places are used from the first one on. */
    private int[] numbers = new int[COMPARED];

    /** The place of the next contact to look at, in turn, for one to evict or to forget. */
    private int hand;

    /**
     * Remembers nothing yet.
     *
     * @param exempt endpoints that no limit of networks applies to
     * @param seed for the hash of networks; unpredictable in production
     * @param start a time before all others
     */
    public ContactMemory(RoutingSettings.Memory settings, Predicate<Endpoint> exempt, long seed, long start) {
        this.settings = settings;
        this.networks = new PackedCounts(seed);
        this.subnets = new SubnetLimits(settings.maxPerSite(), settings.maxPerSite(), exempt);
        this.pool = settings.pools().apply(settings.maxContacts());
        this.ids = new SortedIds(settings.maxContacts());
        this.acquaintances = new Acquaintances(settings.maxContacts(), settings.estimate(), start);
    }

    /**
     * Notes that the contact answered us at its endpoint.
     *
     * @param roundTripNanos its round-trip time; 0 if unknown
     */
    public void verified(Contact contact, long now, long roundTripNanos) {
        forgetNext(now);
        int place = find(contact.nodeId());
        if (place != SortedIds.NONE && !pool.get(numbers[place]).endpoint().equals(contact.endpoint())) {
            move(place, contact);
            place = find(contact.nodeId());
        } else if (place == SortedIds.NONE && hasRoomFor(contact.endpoint())) {
            if (ids.size() == settings.maxContacts()) {
                remove(worst(now));
            }
            place = append(contact, now);
        }
        if (place != SortedIds.NONE) {
            acquaintances.answered(place, now, roundTripNanos);
        }
    }

    private int append(Contact contact, long now) {
        int place = ids.size();
        if (place == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.min(place + place / 2, settings.maxContacts()));
        }
        numbers[place] = pool.add(contact);
        ids.add(contact.nodeId().prefix(), place);
        acquaintances.begin(place, now);
        count(contact.endpoint());
        return place;
    }

    private void move(int place, Contact contact) {
        uncount(pool.get(numbers[place]).endpoint());
        pool.remove(numbers[place]);
        numbers[place] = pool.add(contact);
        boolean room = hasRoomFor(contact.endpoint());
        count(contact.endpoint());
        if (!room) {
            remove(place);
        }
    }

    /** Removes a contact; the last one takes its place. */
    private void remove(int place) {
        Contact contact = pool.get(numbers[place]);
        uncount(contact.endpoint());
        pool.remove(numbers[place]);
        ids.remove(contact.nodeId().prefix(), place);
        int last = ids.size();
        if (place < last) {
            ids.renumber(nodeIdAt(last).prefix(), last, place);
            numbers[place] = numbers[last];
            acquaintances.move(last, place);
        }
    }

    private boolean hasRoomFor(Endpoint endpoint) {
        if (!subnets.exempt().test(endpoint)) {
            for (NetworkLevel level : NetworkLevel.of(endpoint)) {
                if (networks.of(level.numberOf(endpoint)) >= level.limit(subnets.perTable())) {
                    return false;
                }
            }
        }
        return true;
    }

    private void count(Endpoint endpoint) {
        if (!subnets.exempt().test(endpoint)) {
            NetworkLevel.of(endpoint).forEach(level -> networks.add(level.numberOf(endpoint)));
        }
    }

    private void uncount(Endpoint endpoint) {
        if (!subnets.exempt().test(endpoint)) {
            NetworkLevel.of(endpoint).forEach(level -> networks.remove(level.numberOf(endpoint)));
        }
    }

    /**
     * Returns the place of the contact, among a few, that is least likely to be there in a while; at present, each one
     * that has just answered is likely there. They are of all parts of the memory, as those met at one time are side by
     * side.
     */
    private int worst(long now) {
        long then = now + HORIZON_NANOS;
        int size = ids.size();
        int worst = hand % size;
        for (int i = 1; i < COMPARED; i++) {
            int place = (int) ((hand + (long) i * size / COMPARED) % size);
            worst = acquaintances.chance(place, then) < acquaintances.chance(worst, then) ? place : worst;
        }
        return worst;
    }

    /** Looks at one contact, and forgets it if there is nothing to be expected of it any more. */
    private void forgetNext(long now) {
        if (ids.size() == 0) {
            return;
        }
        hand %= ids.size();
        boolean useless = acquaintances.failures(hand) > 0
                ? isPenaltyOver(hand, now)
                : acquaintances.chance(hand, now) < settings.estimate().leastChance();
        if (useless) {
            remove(hand);
        } else {
            hand++;
        }
    }

    private boolean isPenaltyOver(int place, long now) {
        int doublings = Math.clamp(acquaintances.failures(place) - (long) FAILURES_TO_SILENT, 0, MAX_DOUBLINGS);
        Duration penalty = settings.estimate().firstPenalty().multipliedBy(1L << doublings);
        return acquaintances.silence(place, now).compareTo(penalty) >= 0;
    }

    private int find(NodeId nodeId) {
        return ids.find(nodeId.prefix(), place -> pool.isOf(numbers[place], nodeId));
    }

    private NodeId nodeIdAt(int place) {
        return pool.get(numbers[place]).nodeId();
    }

    /**
     * Notes that the node did not answer a request. While the node is not to be asked that changes nothing: requests
     * that were under way together fail for the same reason, however many they were.
     */
    public void failed(NodeId nodeId, long now) {
        int place = find(nodeId);
        if (place != SortedIds.NONE && !isSilent(place, now)) {
            acquaintances.failed(place, now);
        }
    }

    /** Removes a contact that is none any more. */
    public void drop(NodeId nodeId) {
        int place = find(nodeId);
        if (place != SortedIds.NONE) {
            remove(place);
        }
    }

    /** Returns true if the node failed several times in a row, and so lately that it is not worth asking. */
    public boolean isSilent(NodeId nodeId, long now) {
        int place = find(nodeId);
        return place != SortedIds.NONE && isSilent(place, now);
    }

    private boolean isSilent(int place, long now) {
        return acquaintances.failures(place) >= FAILURES_TO_SILENT && !isPenaltyOver(place, now);
    }

    /** Returns true if this node answered us at this IP address at or after {@code since}, and has not failed since. */
    public boolean isVerifiedSince(NodeId nodeId, Endpoint at, long since) {
        int place = find(nodeId);
        return place != SortedIds.NONE
                && acquaintances.answeredSince(place, since)
                && pool.get(numbers[place]).endpoint().hasSameIp(at);
    }

    /** Returns the contact of a node where it answered last. */
    public Optional<Contact> contactOf(NodeId nodeId) {
        int place = find(nodeId);
        return place == SortedIds.NONE ? Optional.empty() : Optional.of(pool.get(numbers[place]));
    }

    /** Returns the latest round-trip time to a node, in nanoseconds; 0 if unknown. */
    public long roundTripTo(NodeId nodeId) {
        int place = find(nodeId);
        return place == SortedIds.NONE ? 0 : acquaintances.roundTripNanos(place);
    }

    /** Returns how likely a node is there, 0 to 1; 0 if its latest request failed or nothing is known of it. */
    public double chanceOf(NodeId nodeId, long now) {
        int place = find(nodeId);
        return place == SortedIds.NONE ? 0 : acquaintances.chance(place, now);
    }

    /**
     * Returns up to {@code count} contacts with the smallest XOR distance to {@code target} that are likely there and
     * that {@code wanted} accepts, nearest first.
     */
    public List<Contact> nearest(NodeId target, int count, long now, Predicate<Contact> wanted) {
        List<Contact> nearest = new ArrayList<>(count);
        ids.visitNearest(target, this::nodeIdAt, place -> {
            if (acquaintances.chance(place, now) >= settings.estimate().usefulChance()) {
                Contact contact = pool.get(numbers[place]);
                if (wanted.test(contact)) {
                    nearest.add(contact);
                }
            }
            return nearest.size() < count;
        });
        return nearest;
    }

    /** All round trips lead over another network from now on. */
    @Override
    public void onNetworkChanged(NodeTime now) {
        acquaintances.forgetRoundTrips();
    }

    /** Returns the contacts remembered beside their limit. */
    public Occupancy occupancy() {
        return new Occupancy(ids.size(), settings.maxContacts());
    }

    /** Returns the memory that the arrays take, in bytes. */
    public long bytes() {
        return pool.bytes()
                + networks.bytes()
                + ids.bytes()
                + acquaintances.bytes()
                + (long) numbers.length * Integer.BYTES;
    }
}
