package io.a2al.sim;

import io.a2al.core.NodeSettings;
import io.a2al.sim.attack.AttackKind;
import io.a2al.sim.attack.AttackSettings;
import io.a2al.sim.crypto.CryptoKind;
import io.a2al.sim.life.LifeSettings;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.network.LinkSettings;
import io.a2al.sim.work.WorkSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The named profiles. */
public final class Profiles {

    /**
     * A profile.
     *
     * @param description what it is like, one sentence
     * @param options its options, with seed 1
     */
    public record Profile(String description, SimulationOptions options) {

        /** Its name. */
        public String name() {
            return options.profile();
        }
    }

    private static final SimulationOptions CALM = new SimulationOptions(
            "calm",
            1,
            100,
            Duration.ofMinutes(10),
            CryptoKind.FAST,
            LinkSettings.CALM,
            AddressPlan.CALM,
            LifeSettings.CALM,
            WorkSettings.CALM,
            AttackSettings.NONE,
            NodeSettings.DEFAULT);

    private static final List<Profile> ALL = List.of(
            new Profile("Nothing goes wrong: public hosts that stay, links that lose nothing.", CALM),
            new Profile(
                    "64 or so of 256 nodes, from four networks, surround the only key there is.",
                    CALM.withNodes(256)
                            .withWork(CALM.work().withRecords(1))
                            .withAttack(new AttackSettings(List.of(AttackKind.SYBIL), 0.25))
                            .named("sybil")),
            new Profile(
                    "A fifth of all nodes lie or answer nothing.",
                    byzantine(0.2).named("byzantine20")),
            new Profile(
                    "Half of all nodes lie or answer nothing.", byzantine(0.5).named("byzantine50")));

    private Profiles() {}

    private static SimulationOptions byzantine(double share) {
        return CALM.withNodes(200).withAttack(new AttackSettings(List.of(AttackKind.LIAR, AttackKind.SILENT), share));
    }

    /** All of them, in the order of the help. */
    public static List<Profile> all() {
        return ALL;
    }

    /** The options of the profile with this name. */
    public static Optional<SimulationOptions> find(String name) {
        return ALL.stream()
                .filter(profile -> profile.name().equals(name))
                .map(Profile::options)
                .findFirst();
    }
}
