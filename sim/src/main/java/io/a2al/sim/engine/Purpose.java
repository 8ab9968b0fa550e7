package io.a2al.sim.engine;

/** What random numbers are for. The codes are part of what a seed means and stay as they are. */
public enum Purpose {
    /** Secrets of signatures, one for the run. */
    SECRET(1),
    /** Keys of participants. */
    KEY(2),
    /** What the core of a node draws. */
    CORE(3),
    /** Address, place and NAT of hosts. */
    HOST(4),
    /** What becomes of datagrams. */
    LINK(5),
    /** When participants come for the first time. */
    ARRIVAL(6),
    /** Who joins through whom. */
    SEEDS(7),
    /** How long participants stay and stay away. */
    SESSION(8),
    /** Faults that strike many. */
    FAULT(9),
    /** Keys of agents, and who publishes for them. */
    AGENT(10),
    /** When agents look for each other, and for whom. */
    LOOKUP(11),
    /** Who attacks. */
    ROLE(12),
    /** What attackers draw. */
    ATTACK(13),
    /** How clocks are wrong. */
    CLOCK(14),
    /** What is chosen for looking at, by checks and statistics. */
    SAMPLE(15),
    /** Topics, notes and listeners. */
    CROWD(16),
    /** What a profile that is made up from the seed draws. */
    PROFILE(17);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
