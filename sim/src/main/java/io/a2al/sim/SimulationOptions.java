package io.a2al.sim;

import io.a2al.core.NodeSettings;
import io.a2al.sim.attack.AttackSettings;
import io.a2al.sim.crypto.CryptoKind;
import io.a2al.sim.life.LifeSettings;
import io.a2al.sim.network.AddressPlan;
import io.a2al.sim.network.LinkSettings;
import io.a2al.sim.result.RunDescription;
import io.a2al.sim.work.WorkSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a run is to be like. Everything about it follows from this. Immutable; thread-safe.
 *
 * @param profile name of the profile that the options were taken from
 * @param seed what all randomness follows from
 * @param nodes participants, attackers included
 * @param duration how long lookups are made, after everybody has joined and records are published
 * @param crypto kind of signatures
 * @param links what links do to datagrams
 * @param addresses which addresses and NATs hosts have
 * @param life when participants come and go
 * @param work what agents do
 * @param attack who attacks
 * @param node how each node is set up; in large networks nodes remember fewer strangers, so that all fit into memory
 */
public record SimulationOptions(
        String profile,
        long seed,
        int nodes,
        Duration duration,
        CryptoKind crypto,
        LinkSettings links,
        AddressPlan addresses,
        LifeSettings life,
        WorkSettings work,
        AttackSettings attack,
        NodeSettings node) {

    /** Fewer are no network. */
    public static final int MIN_NODES = 2;

    /** More do not fit into the addresses that participants are given. */
    public static final int MAX_NODES = 1_000_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public SimulationOptions {
        if (nodes < MIN_NODES || nodes > MAX_NODES) {
            throw new IllegalArgumentException(nodes + " nodes; it must be " + MIN_NODES + " to " + MAX_NODES);
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException("the duration is negative");
        }
    }

    /** Bytes of heap below which a run of so many nodes does not end. */
    public long leastHeap() {
        return nodes * NodeMemory.LEAST_BYTES;
    }

    /** What the result says about the run. */
    public RunDescription describe() {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        StringBuilder command = new StringBuilder("a2al sim --profile ").append(profile);
        SimulationOptions usual = profile.equals(Chaos.NAME)
                ? Profiles.chaos(seed)
                : Profiles.find(profile).orElse(this);
        values.put("profile", profile);
        for (Knob knob : Knob.all()) {
            String value = knob.valueIn(this);
            values.put(knob.key(), value);
            if (knob.key().equals("seed") || !value.equals(knob.valueIn(usual))) {
                command.append(" --").append(knob.key()).append(' ').append(value);
            }
        }
        return new RunDescription(command.toString(), values);
    }

    /** The same as the options of another profile. */
    SimulationOptions named(String other) {
        return new SimulationOptions(other, seed, nodes, duration, crypto, links, addresses, life, work, attack, node);
    }

    /** The same with another seed. */
    public SimulationOptions withSeed(long other) {
        return new SimulationOptions(
                profile, other, nodes, duration, crypto, links, addresses, life, work, attack, node);
    }

    /** The same with another number of nodes. */
    public SimulationOptions withNodes(int other) {
        return new SimulationOptions(
                profile, seed, other, duration, crypto, links, addresses, life, work, attack, node);
    }

    /** The same with another duration. */
    public SimulationOptions withDuration(Duration other) {
        return new SimulationOptions(profile, seed, nodes, other, crypto, links, addresses, life, work, attack, node);
    }

    /** The same with other signatures. */
    public SimulationOptions withCrypto(CryptoKind other) {
        return new SimulationOptions(profile, seed, nodes, duration, other, links, addresses, life, work, attack, node);
    }

    /** The same with other links. */
    public SimulationOptions withLinks(LinkSettings other) {
        return new SimulationOptions(
                profile, seed, nodes, duration, crypto, other, addresses, life, work, attack, node);
    }

    /** The same with other addresses. */
    public SimulationOptions withAddresses(AddressPlan other) {
        return new SimulationOptions(profile, seed, nodes, duration, crypto, links, other, life, work, attack, node);
    }

    /** The same with another way of living. */
    public SimulationOptions withLife(LifeSettings other) {
        return new SimulationOptions(
                profile, seed, nodes, duration, crypto, links, addresses, other, work, attack, node);
    }

    /** The same with other work. */
    public SimulationOptions withWork(WorkSettings other) {
        return new SimulationOptions(
                profile, seed, nodes, duration, crypto, links, addresses, life, other, attack, node);
    }

    /** The same with other attackers. */
    public SimulationOptions withAttack(AttackSettings other) {
        return new SimulationOptions(profile, seed, nodes, duration, crypto, links, addresses, life, work, other, node);
    }

    /** The same with nodes set up in another way. */
    public SimulationOptions withNode(NodeSettings other) {
        return new SimulationOptions(
                profile, seed, nodes, duration, crypto, links, addresses, life, work, attack, other);
    }
}
