package io.a2al.sim;

import io.a2al.core.NodeSettings;
import io.a2al.sim.attack.AttackSettings;
import io.a2al.sim.crypto.CryptoKind;

/**
 * The participants of a run. Immutable; thread-safe.
 *
 * @param nodes number of participants, attackers included, {@value #MIN_NODES} to {@value #MAX_NODES}
 * @param crypto kind of signatures
 * @param settings settings of each node; in large networks a run reduces the limits of what nodes remember, so that all
 *     nodes fit in memory
 * @param attack kinds and share of attackers
 */
public record Population(int nodes, CryptoKind crypto, NodeSettings settings, AttackSettings attack) {

    /** Minimum number of nodes: one node alone is no network. */
    public static final int MIN_NODES = 2;

    /** Maximum number of nodes, limited by the addresses available to hosts. */
    public static final int MAX_NODES = 1_000_000;

    /**
     * Validates the range.
     *
     * @throws IllegalArgumentException if the number of nodes is out of range
     */
    public Population {
        if (nodes < MIN_NODES || nodes > MAX_NODES) {
            throw new IllegalArgumentException("nodes: " + nodes + "; must be " + MIN_NODES + " to " + MAX_NODES);
        }
    }

    /** Returns this population with another number of nodes. */
    Population withNodes(int other) {
        return new Population(other, crypto, settings, attack);
    }

    /** Returns this population with another kind of signatures. */
    Population withCrypto(CryptoKind other) {
        return new Population(nodes, other, settings, attack);
    }

    /** Returns this population with other settings of each node. */
    Population withSettings(NodeSettings other) {
        return new Population(nodes, crypto, other, attack);
    }

    /** Returns this population with other attackers. */
    Population withAttack(AttackSettings other) {
        return new Population(nodes, crypto, settings, other);
    }
}
