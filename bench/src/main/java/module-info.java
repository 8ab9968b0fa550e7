/**
 * Measures how fast a node is and what it costs: a load generator for nodes of any implementation, and runs against
 * nodes of our own. Nothing that a node needs is in here.
 */
module io.a2al.bench {
    requires static transitive org.jspecify;
    requires transitive io.a2al.dht;
    requires jmh.core;

    exports io.a2al.bench.load;
    exports io.a2al.bench.local;
    exports io.a2al.bench.memory;
    exports io.a2al.bench.micro;
}
