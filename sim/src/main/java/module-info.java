/**
 * The simulator: runs thousands of production nodes in one process, under virtual time, faults and attacks. Every run
 * can be repeated from its seed.
 */
module io.a2al.sim {
    requires static transitive org.jspecify;
    requires transitive io.a2al.core;
    requires transitive com.fasterxml.jackson.databind;

    exports io.a2al.sim;
    exports io.a2al.sim.attack;
    exports io.a2al.sim.check;
    exports io.a2al.sim.crypto;
    exports io.a2al.sim.engine;
    exports io.a2al.sim.film;
    exports io.a2al.sim.life;
    exports io.a2al.sim.network;
    exports io.a2al.sim.report;
    exports io.a2al.sim.result;
    exports io.a2al.sim.search;
    exports io.a2al.sim.work;
    exports io.a2al.sim.world;
}
