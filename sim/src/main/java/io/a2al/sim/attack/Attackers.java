package io.a2al.sim.attack;

import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
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
 * Casts the attackers of a run: who is one, of which kind, with which keys, and where. Who it is follows from the seed
 * and the number of the participant only. Not thread-safe.
 */
public final class Attackers {

    /** The networks of those who choose theirs begin here; nobody else is in them. */
    private static final int FIRST_PREFIX = 2_000_000;

    private static final List<Disguise> DISGUISES = List.of(Disguise.values());

    /** Distance between the networks of one disguise and the next. */
    private static final int PREFIXES = 1000;

    private static final int PER_PREFIX = 250;

    /** Keys that are tried for each participant, to be nearer to something than all of these. */
    private static final int TRIES_PER_NODE = 16;

    private static final int MAX_TRIES = 1 << 16;

    private final World world;
    private final AttackSettings settings;
    private final NodeId victim;
    private final int tries;
    private final Conspiracy plot;
    private final Map<Disguise, Integer> disguised = new EnumMap<>(Disguise.class);

    /**
     * Attackers who are about to enter a world.
     *
     * @param nodes how many participants there will be
     * @param victim whom those are after who are after somebody
     */
    public Attackers(World world, AttackSettings settings, int nodes, Address victim) {
        this.world = world;
        this.settings = settings;
        this.victim = NodeId.ofAddress(victim);
        this.tries = (int) Math.min(MAX_TRIES, (long) TRIES_PER_NODE * nodes);
        this.plot = new Conspiracy(world, victim);
    }

    /** The kind of attacker that the participant with this number is to be; nothing for an honest one. */
    public Optional<AttackKind> kindOf(int participant) {
        Stream stream = world.streams().of(Purpose.ROLE, participant);
        return stream.chance(settings.share())
                ? Optional.of(
                        settings.kinds().get(stream.nextBelow(settings.kinds().size())))
                : Optional.empty();
    }

    /** An attacker for the participant with this number. */
    public Attacker create(AttackKind kind, int participant) {
        return kind.create(plot, world.streams().of(Purpose.ATTACK, participant));
    }

    /** The keys that it gets itself. */
    public SimKeys keysFor(AttackKind kind, int participant) {
        return switch (kind.disguise()) {
            case NONE -> world.crypto().newKeys(world.streams().of(Purpose.KEY, participant));
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

    /** The host that it gets itself, where chance would have put it at {@code usual}. */
    public Host hostFor(AttackKind kind, Host usual) {
        Disguise disguise = kind.disguise();
        if (disguise.prefixes() == 0) {
            return usual;
        }
        int number = disguised.merge(disguise, 1, Integer::sum) - 1;
        int batch = number / (disguise.prefixes() * PER_PREFIX);
        int prefix = FIRST_PREFIX
                + DISGUISES.indexOf(disguise) * PREFIXES
                + batch * disguise.prefixes()
                + number % disguise.prefixes();
        int host = number / disguise.prefixes() % PER_PREFIX;
        return new Host(usual.index(), usual.place(), List.of(AddressPlan.inPrefix(prefix, host)), Optional.empty());
    }
}
