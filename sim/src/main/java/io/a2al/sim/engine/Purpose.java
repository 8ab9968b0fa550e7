package io.a2al.sim.engine;

/**
 * The use of a random stream. The codes determine which run a seed gives, so they never change and are not reused.
 */
public enum Purpose {
    /** The secret of the run's fast signatures. */
    SECRET(1),
    /** Key pairs of participants. */
    KEY(2),
    /** Random numbers drawn by the core of a node. */
    CORE(3),
    /** Address, position and NAT of each host. */
    HOST(4),
    /** Loss, duplication and delay of datagrams. */
    LINK(5),
    /** The time at which each participant first starts. */
    ARRIVAL(6),
    /** The seed nodes through which each participant joins. */
    SEEDS(7),
    /** The lengths of sessions and absences. */
    SESSION(8),
    /** Faults that affect many participants at once. */
    FAULT(9),
    /** Key pairs of agents, and the nodes that publish for them. */
    AGENT(10),
    /** The times and targets of lookups. */
    LOOKUP(11),
    /** Which participants attack, and how. */
    ROLE(12),
    /** Random numbers drawn by attackers. */
    ATTACK(13),
    /** Errors of clocks, and which machines are slow. */
    CLOCK(14),
    /** The nodes and records that statistics sample. */
    SAMPLE(15),
    /** Topics, notes and listeners. */
    CROWD(16),
    /** The options of a profile that is generated from the seed. */
    PROFILE(17);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
