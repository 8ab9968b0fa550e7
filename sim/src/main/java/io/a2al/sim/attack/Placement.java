package io.a2al.sim.attack;

/** How an attacker chooses its keys and address. */
enum Placement {
    /** At random, like honest nodes. */
    RANDOM(0),
    /** NodeIDs around the key of the most popular agent, addresses in four networks. */
    AROUND_VICTIM(4),
    /** NodeIDs around that of the first node, which is a seed node, addresses in one network. */
    AROUND_FIRST_NODE(1),
    /** NodeIDs at random, addresses in four networks. */
    FOUR_NETWORKS(4),
    /** NodeIDs at random, addresses in the 256 networks of one /16. */
    ONE_PROVIDER(256);

    private final int prefixes;

    Placement(int prefixes) {
        this.prefixes = prefixes;
    }

    /** Returns the number of /24 networks over which these attackers are spread; 0 for random addresses. */
    int prefixes() {
        return prefixes;
    }
}
