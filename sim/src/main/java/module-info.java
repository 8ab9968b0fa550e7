/**
 * The simulator: the very node of production, thousands at a time, under virtual time, faults and attack, every run
 * replayable from its seed.
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
    exports io.a2al.sim.life;
    exports io.a2al.sim.network;
    exports io.a2al.sim.report;
    exports io.a2al.sim.result;
    exports io.a2al.sim.search;
    exports io.a2al.sim.work;
    exports io.a2al.sim.world;
}
