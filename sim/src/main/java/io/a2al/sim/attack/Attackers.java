package io.a2al.sim.attack;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.sim.crypto.SimKeys;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.network.Host;
import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the attackers of a run, their kinds, keys and addresses. Whether a participant attacks depends only on the
 * seed and its number. Not thread-safe.
 */
public final class Attackers {

    /** First of the networks of attackers that choose their addresses; no other host is in these networks. */
    private static final int FIRST_PREFIX = 2_000_000;

    private static final List<Placement> PLACEMENTS = List.of(Placement.values());

    /** Number of networks reserved for each placement. */
    private static final int PREFIXES = 1000;

    /** Maximum number of attackers in one /24. */
    private static final int PER_PREFIX = 250;

    /** Keys tried per participant of the run, so that the best one is nearer to the target than honest nodes. */
    private static final int TRIES_PER_NODE = 16;

    /** Maximum number of keys tried, so that large networks can be set up in acceptable time. */
    private static final int MAX_TRIES = 1 << 16;

    private final World world;
    private final AttackSettings settings;
    private final NodeId victim;
    private final int nodes;
    private final int tries;
    private final SharedKnowledge shared;
    private final Map<Placement, Integer> placed = new EnumMap<>(Placement.class);
    private int sybilsPlaced;

    /**
     * Prepares the attackers of a world.
     *
     * @param nodes number of participants that the world will have
     * @param victim address of the agent that targeted attacks are directed at
     */
    public Attackers(World world, AttackSettings settings, int nodes, Address victim) {
        this.world = world;
        this.settings = settings;
        this.nodes = nodes;
        this.victim = NodeId.ofAddress(victim);
        this.tries = (int) Math.min(MAX_TRIES, (long) TRIES_PER_NODE * nodes);
        this.shared = new SharedKnowledge(world, victim);
    }

    /** Returns the kind of attacker that a participant is; empty if it is honest. */
    public Optional<AttackKind> kindOf(int participant) {
        if (isSybil(participant)) {
            return Optional.of(settings.sybilKind());
        }
        Stream stream = world.streams().of(Purpose.ROLE, participant);
        return stream.chance(settings.share())
                ? Optional.of(
                        settings.kinds().get(stream.nextBelow(settings.kinds().size())))
                : Optional.empty();
    }

    private boolean isSybil(int participant) {
        return settings.sybils().includes(participant, world.seedNodes(), nodes);
    }

    /** Creates the attacker for a participant. */
    public Attacker create(AttackKind kind, int participant) {
        return kind.create(shared, world.streams().of(Purpose.ATTACK, participant));
    }

    /** Creates the keys of an attacker. */
    public SimKeys keysFor(AttackKind kind, int participant) {
        return switch (kind.placement()) {
            case RANDOM, FOUR_NETWORKS, ONE_PROVIDER ->
                world.crypto().newKeys(world.streams().of(Purpose.KEY, participant));
            case AROUND_VICTIM -> grind(participant, victim);
            case AROUND_FIRST_NODE -> grind(participant, firstNode().id());
        };
    }

    private SimNode firstNode() {
        return world.nodes().getFirst();
    }

    private SimKeys grind(int participant, NodeId target) {
        Stream stream = world.streams().of(Purpose.KEY, participant);
        SimKeys best = world.crypto().newKeys(stream);
        for (int i = 1; i < tries; i++) {
            SimKeys next = world.crypto().newKeys(stream);
            best = target.isNearer(next.nodeId(), best.nodeId()) ? next : best;
        }
        return best;
    }

    /** Returns the host of an attacker: {@code usual}, unless its kind chooses its address. */
    public Host hostFor(AttackKind kind, Host usual) {
        if (isSybil(usual.index())) {
            return at(usual, addressOfSybil(sybilsPlaced++));
        }
        Placement placement = kind.placement();
        if (placement.prefixes() == 0) {
            return usual;
        }
        int number = placed.merge(placement, 1, Integer::sum) - 1;
        if (placement == Placement.ONE_PROVIDER) {
            return at(usual, AddressPlan.inProvider(number / placement.prefixes(), number % placement.prefixes()));
        }
        int batch = number / (placement.prefixes() * PER_PREFIX);
        int prefix = FIRST_PREFIX
                + PLACEMENTS.indexOf(placement) * PREFIXES
                + batch * placement.prefixes()
                + number % placement.prefixes();
        int host = number / placement.prefixes() % PER_PREFIX;
        return at(usual, AddressPlan.inPrefix(prefix, host));
    }

    private Endpoint addressOfSybil(int identity) {
        Sybils sybils = settings.sybils();
        int site = sybils.siteOf(identity);
        int host = identity / sybils.sites();
        return sybils.ipv6()
                ? AddressPlan.inIpv6Site(sybils.providerOf(site), sybils.regionOf(site), site, host)
                : AddressPlan.inIpv4Site(sybils.providerOf(site), site, host);
    }

    private static Host at(Host usual, Endpoint endpoint) {
        return new Host(usual.index(), usual.place(), List.of(endpoint), Optional.empty());
    }
}
