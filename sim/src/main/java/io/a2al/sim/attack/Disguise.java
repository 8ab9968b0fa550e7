package io.a2al.sim.attack;

/** Which keys and addresses an attacker gets itself. */
enum Disguise {
    /** Those that chance gives to everybody. */
    NONE(0),
    /** NodeIDs around the key of the most popular agent, from four networks. */
    AROUND_VICTIM(4),
    /** NodeIDs around that of the first node, which everybody joins through, from one network. */
    AROUND_FIRST_NODE(1);

    private final int prefixes;

    Disguise(int prefixes) {
        this.prefixes = prefixes;
    }

    /** Over how many /24 networks such attackers are spread; 0 if they are where chance puts them. */
    int prefixes() {
        return prefixes;
    }
}
