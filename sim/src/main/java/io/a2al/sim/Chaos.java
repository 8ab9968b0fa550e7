package io.a2al.sim;

import io.a2al.sim.attack.AttackKind;
import io.a2al.sim.attack.AttackSettings;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.engine.Streams;
import io.a2al.sim.life.Churn;
import io.a2al.sim.life.LifeSettings;
import io.a2al.sim.life.Machines;
import io.a2al.sim.life.MassFaults;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.network.LinkSettings;
import io.a2al.sim.network.NatMix;
import java.time.Duration;
import java.util.List;

/** The profile that combines all kinds of faults. Their extent, like all other options, is drawn from the seed. */
final class Chaos {

    static final String NAME = "chaos";

    /** Smallest number of nodes. */
    private static final int MIN_NODES = 40;

    /** Number of different numbers of nodes. */
    private static final int NODES_RANGE = 120;

    /** Their number and order never change; kinds that came later have profiles of their own. */
    private static final List<AttackKind> KINDS = List.of(
            AttackKind.SILENT,
            AttackKind.SLOW,
            AttackKind.LIAR,
            AttackKind.POISON,
            AttackKind.REPLAY,
            AttackKind.SYBIL,
            AttackKind.STALE,
            AttackKind.RECORD_FLOOD,
            AttackKind.AMPLIFY,
            AttackKind.CROWD_FLOOD,
            AttackKind.GRINDER);

    private Chaos() {}

    /**
     * Returns the options for a seed. The order in which numbers are drawn determines which options a seed gives, so it
     * never changes.
     *
     * @param calm options without faults, whose other settings are kept
     */
    static SimulationOptions of(SimulationOptions calm, long seed) {
        Stream stream = new Streams(seed).of(Purpose.PROFILE, 0);
        return calm.withNodes(MIN_NODES + stream.nextBelow(NODES_RANGE))
                .withDuration(Duration.ofMinutes(20 + stream.nextBelow(40)))
                .withLinks(links(stream))
                .withAddresses(addresses(stream))
                .withLife(life(stream))
                .withAttack(attack(stream))
                .named(NAME)
                .withSeed(seed);
    }

    private static AttackSettings attack(Stream stream) {
        AttackKind kind = KINDS.get(stream.nextBelow(KINDS.size()));
        return new AttackSettings(List.of(kind), sometimes(stream, 0.2));
    }

    private static LinkSettings links(Stream stream) {
        return LinkSettings.CALM
                .withLoss(sometimes(stream, 0.15))
                .withDuplication(sometimes(stream, 0.05))
                .withJitter(0.05 + sometimes(stream, 0.5))
                .withCut(sometimes(stream, 0.02))
                .withBitsPerSecond(stream.chance(0.3) ? 500_000 : 0);
    }

    private static AddressPlan addresses(Stream stream) {
        NatMix nats = new NatMix(0.1, 0.1, 0.3, 0.1, Duration.ofMinutes(1 + stream.nextBelow(5)));
        return new AddressPlan(
                nats.scaledTo(sometimes(stream, 0.7)), sometimes(stream, 0.5), stream.chance(0.3) ? 3 : 1);
    }

    private static LifeSettings life(Stream stream) {
        Churn churn = Churn.NONE
                .withShare(sometimes(stream, 0.6))
                .withNewIdentity(sometimes(stream, 0.5))
                .withDiurnal(sometimes(stream, 1));
        Machines machines = new Machines(
                Duration.ofSeconds(stream.nextBelow(20)),
                stream.nextBelow(200),
                sometimes(stream, 0.3),
                sometimes(stream, 0.2));
        Duration joining = Duration.ofMinutes(1 + stream.nextBelow(4));
        double dead = sometimes(stream, 0.3);
        Duration partition = stream.chance(0.3) ? Duration.ofMinutes(1 + stream.nextBelow(10)) : Duration.ZERO;
        return new LifeSettings(joining, churn, machines, new MassFaults(dead, partition), Duration.ofMinutes(30));
    }

    /**
     * Draws 0 in half of all cases, otherwise a number up to {@code max}, rounded to three decimals for readability.
     */
    private static double sometimes(Stream stream, double max) {
        double drawn = stream.nextUnit() * max;
        return stream.nextBoolean() ? Math.round(drawn * 1000) / 1000.0 : 0;
    }
}
