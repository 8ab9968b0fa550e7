package io.a2al.sim;

import io.a2al.core.NodeSettings;
import io.a2al.core.store.Retention;
import io.a2al.core.store.StoreLimits;
import io.a2al.sim.attack.AttackKind;
import io.a2al.sim.attack.AttackSettings;
import io.a2al.sim.attack.Sybils;
import io.a2al.sim.crypto.CryptoKind;
import io.a2al.sim.life.Churn;
import io.a2al.sim.life.LifeSettings;
import io.a2al.sim.life.Machines;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.network.LinkSettings;
import io.a2al.sim.network.NatMix;
import io.a2al.sim.network.NetworkSettings;
import io.a2al.sim.work.CrowdSettings;
import io.a2al.sim.work.WorkSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The predefined profiles. */
public final class Profiles {

    /**
     * A named set of options.
     *
     * @param description description for users, one sentence
     * @param options the options, with seed 1
     */
    public record Profile(String description, SimulationOptions options) {

        /** Returns the name of the profile. */
        public String name() {
            return options.profile();
        }
    }

    private static final SimulationOptions CALM = new SimulationOptions(
            "calm",
            1,
            Duration.ofMinutes(10),
            new Population(100, CryptoKind.FAST, NodeSettings.DEFAULT, AttackSettings.NONE),
            NetworkSettings.CALM,
            LifeSettings.CALM,
            WorkSettings.CALM);

    /**
     * The mix of NATs that most studies of peer-to-peer networks report: more than half of all hosts are behind a NAT,
     * and most NATs use one mapping for all destinations (82 % of NATs for UDP: Ford, Srisuresh and Kegel,
     * "Peer-to-Peer Communication Across Network Address Translators", USENIX 2005).
     */
    private static final NatMix NATS = new NatMix(0.1, 0.1, 0.3, 0.1, Duration.ofMinutes(2));

    /** Room for several times what a node of 60 keeps for 20 agents and one topic. */
    private static final StoreLimits SMALL_STORE =
            new StoreLimits(60, 8, 12, 24, 4, Retention.DEFAULT, new StoreLimits.Quotas(150, 60, 60));

    private static final List<Profile> ALL = List.of(
            new Profile("No faults: public hosts that stay, links that lose nothing.", CALM),
            new Profile(
                    "Two of three nodes leave and return repeatedly.",
                    CALM.withNodes(200)
                            .withDuration(Duration.ofHours(2))
                            .withLife(LifeSettings.CALM
                                    .withChurn(Churn.NONE.withShare(0.67))
                                    .withSettling(Duration.ofMinutes(20)))
                            .named("churn")),
            new Profile(
                    "Links lose a tenth of all datagrams, duplicate and reorder others, and are slow; some work in one"
                            + " direction only.",
                    CALM.withLinks(LinkSettings.CALM
                                    .withLoss(0.1)
                                    .withDuplication(0.02)
                                    .withJitter(0.3)
                                    .withCut(0.01)
                                    .withBitsPerSecond(1_000_000))
                            .withLife(LifeSettings.CALM.withMachines(Machines.GOOD.withSlow(0.05)))
                            .named("lossy")),
            new Profile(
                    "The network is split into two halves for ten minutes.",
                    CALM.withDuration(Duration.ofMinutes(30))
                            .withLife(LifeSettings.CALM
                                    .withPartition(Duration.ofMinutes(10))
                                    .withSettling(Duration.ofMinutes(45)))
                            .named("partition")),
            new Profile(
                    "Six of ten nodes are behind NATs of all kinds; some of the others have IPv6 as well.",
                    CALM.withAddresses(new AddressPlan(NATS, 0.3, 1)).named("nat")),
            new Profile(
                    "About 64 of 256 nodes, in four networks, surround the key of the only record.",
                    CALM.withNodes(256)
                            .withWork(CALM.work().withRecords(1))
                            .withAttack(new AttackSettings(List.of(AttackKind.SYBIL), 0.25))
                            .named("sybil")),
            new Profile(
                    "128 of 1000 nodes, in 64 networks, surround the key of the only record and censor it.",
                    CALM.withNodes(1000)
                            .withLife(LifeSettings.CALM.withJoining(Duration.ofMinutes(2)))
                            .withWork(CALM.work().withRecords(1))
                            .withAttack(AttackSettings.NONE
                                    .withKinds(List.of(AttackKind.CENSOR))
                                    .withSybils(new Sybils(128, false, 64, 0, 0)))
                            .named("censor")),
            new Profile(
                    "A fifth of all nodes lie or do not answer.", byzantine(0.2).named("byzantine20")),
            new Profile(
                    "Half of all nodes lie or do not answer.", byzantine(0.5).named("byzantine50")),
            new Profile(
                    "10,000 nodes for an hour.",
                    CALM.withNodes(10_000)
                            .withDuration(Duration.ofMinutes(48))
                            .withLife(LifeSettings.CALM.withJoining(Duration.ofMinutes(10)))
                            .withWork(WorkSettings.CALM.withRecords(1000).withLookupsPerMinute(600))
                            .named("scale10k")),
            new Profile(
                    "100,000 nodes join, and a thousand lookups are made.",
                    CALM.withNodes(100_000)
                            .withDuration(Duration.ofMinutes(2))
                            .withLife(LifeSettings.CALM.withJoining(Duration.ofMinutes(20)))
                            .withWork(WorkSettings.CALM.withRecords(1000).withLookupsPerMinute(500))
                            .named("scale100k")),
            new Profile(
                    "A fifth of all nodes fill small stores: from many networks of one provider, with keys near a"
                            + " record, from forged addresses, with entries of others first.",
                    CALM.withNodes(60)
                            .withSettings(NodeSettings.DEFAULT.withStore(SMALL_STORE))
                            .withWork(CALM.work().withRecords(20).withCrowds(new CrowdSettings(1, 6, 60)))
                            .withAttack(new AttackSettings(
                                    List.of(
                                            AttackKind.TOPIC_FLOOD,
                                            AttackKind.NEAR_FLOOD,
                                            AttackKind.FORGED_FLOOD,
                                            AttackKind.FORESTALL_FLOOD),
                                    0.2))
                            .named("flood")),
            new Profile("All kinds of faults at once; their extent is drawn from the seed.", Chaos.of(CALM, 1)));

    private Profiles() {}

    private static SimulationOptions byzantine(double share) {
        return CALM.withNodes(200).withAttack(new AttackSettings(List.of(AttackKind.LIAR, AttackKind.SILENT), share));
    }

    /** Returns the options of the profile chaos for a seed. */
    static SimulationOptions chaos(long seed) {
        return Chaos.of(CALM, seed);
    }

    /** Returns all profiles, in the order of the help. */
    public static List<Profile> all() {
        return ALL;
    }

    /** Returns the options of the profile with the given name, if there is one. */
    public static Optional<SimulationOptions> find(String name) {
        return ALL.stream()
                .filter(profile -> profile.name().equals(name))
                .map(Profile::options)
                .findFirst();
    }
}
