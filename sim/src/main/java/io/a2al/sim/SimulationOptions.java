package io.a2al.sim;

import io.a2al.core.NodeSettings;
import io.a2al.sim.attack.AttackSettings;
import io.a2al.sim.crypto.CryptoKind;
import io.a2al.sim.life.LifeSettings;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.network.LinkSettings;
import io.a2al.sim.network.NetworkSettings;
import io.a2al.sim.result.RunDescription;
import io.a2al.sim.work.WorkSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The options of a run, which determine it completely. Immutable; thread-safe.
 *
 * @param profile name of the profile on which the options are based
 * @param seed seed of all random numbers
 * @param duration length of the measured time, in which lookups are made; it begins after all nodes have joined and all
 *     records are published
 * @param population the participants
 * @param network links and addresses
 * @param life churn and faults
 * @param work what agents publish and look up
 */
public record SimulationOptions(
        String profile,
        long seed,
        Duration duration,
        Population population,
        NetworkSettings network,
        LifeSettings life,
        WorkSettings work) {

    /**
     * Validates the range.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public SimulationOptions {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration: " + duration.toMillis() + " ms; must not be negative");
        }
    }

    /** Returns the heap that a run with this many nodes needs at least, in bytes. */
    public long leastHeap() {
        return nodes() * NodeMemory.LEAST_BYTES;
    }

    /** Returns the command that repeats the run, and the values of all options. */
    public RunDescription describe() {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        StringBuilder command = new StringBuilder("a2al sim --profile ").append(profile);
        SimulationOptions defaults = profile.equals(Chaos.NAME)
                ? Profiles.chaos(seed)
                : Profiles.find(profile).orElse(this);
        values.put("profile", profile);
        for (Knob knob : Knob.all()) {
            String value = knob.valueIn(this);
            values.put(knob.key(), value);
            if (knob.key().equals("seed") || !value.equals(knob.valueIn(defaults))) {
                command.append(" --").append(knob.key()).append(' ').append(value);
            }
        }
        return new RunDescription(command.toString(), values);
    }

    /** Returns the number of participants, attackers included. */
    public int nodes() {
        return population.nodes();
    }

    /** Returns the kind of signatures. */
    public CryptoKind crypto() {
        return population.crypto();
    }

    /** Returns the kinds and the share of attackers. */
    public AttackSettings attack() {
        return population.attack();
    }

    /** Returns the settings of links. */
    public LinkSettings links() {
        return network.links();
    }

    /** Returns the plan of addresses and NATs. */
    public AddressPlan addresses() {
        return network.addresses();
    }

    /** Returns these options as those of another profile. */
    SimulationOptions named(String other) {
        return new SimulationOptions(other, seed, duration, population, network, life, work);
    }

    /** Returns these options with another seed. */
    public SimulationOptions withSeed(long other) {
        return new SimulationOptions(profile, other, duration, population, network, life, work);
    }

    /** Returns these options with another length of the measured time. */
    public SimulationOptions withDuration(Duration other) {
        return new SimulationOptions(profile, seed, other, population, network, life, work);
    }

    /** Returns these options with another number of nodes. */
    public SimulationOptions withNodes(int other) {
        return withPopulation(population.withNodes(other));
    }

    /** Returns these options with another kind of signatures. */
    public SimulationOptions withCrypto(CryptoKind other) {
        return withPopulation(population.withCrypto(other));
    }

    /** Returns these options with other attackers. */
    public SimulationOptions withAttack(AttackSettings other) {
        return withPopulation(population.withAttack(other));
    }

    /** Returns these options with other settings of each node. */
    public SimulationOptions withSettings(NodeSettings other) {
        return withPopulation(population.withSettings(other));
    }

    private SimulationOptions withPopulation(Population other) {
        return new SimulationOptions(profile, seed, duration, other, network, life, work);
    }

    /** Returns these options with other settings of links. */
    public SimulationOptions withLinks(LinkSettings other) {
        return withNetwork(new NetworkSettings(other, addresses()));
    }

    /** Returns these options with another plan of addresses and NATs. */
    public SimulationOptions withAddresses(AddressPlan other) {
        return withNetwork(new NetworkSettings(links(), other));
    }

    private SimulationOptions withNetwork(NetworkSettings other) {
        return new SimulationOptions(profile, seed, duration, population, other, life, work);
    }

    /** Returns these options with another churn and other faults. */
    public SimulationOptions withLife(LifeSettings other) {
        return new SimulationOptions(profile, seed, duration, population, network, other, work);
    }

    /** Returns these options with another workload. */
    public SimulationOptions withWork(WorkSettings other) {
        return new SimulationOptions(profile, seed, duration, population, network, life, other);
    }
}
