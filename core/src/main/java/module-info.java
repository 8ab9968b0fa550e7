/**
 * The deterministic node: what it knows, what it answers, what it asks. Inputs go in with the time, effects come out;
 * there is no socket, thread, clock or source of randomness in here.
 */
module io.a2al.core {
    requires static transitive org.jspecify;
    requires transitive io.a2al.protocol;

    exports io.a2al.core;
    exports io.a2al.core.api;
    exports io.a2al.core.bounds;
    exports io.a2al.core.command;
    exports io.a2al.core.guard;
    exports io.a2al.core.liveness;
    exports io.a2al.core.lookup;
    exports io.a2al.core.membership;
    exports io.a2al.core.nat;
    exports io.a2al.core.publish;
    exports io.a2al.core.push;
    exports io.a2al.core.republish;
    exports io.a2al.core.routing;
    exports io.a2al.core.rpc;
    exports io.a2al.core.serve;
    exports io.a2al.core.shell;
    exports io.a2al.core.statistics;
    exports io.a2al.core.store;
    exports io.a2al.core.time;
}
