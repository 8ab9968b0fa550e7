/**
 * Measures the speed of a node and its use of resources: a load generator for nodes of any implementation, and
 * measurements of nodes of this implementation. A node does not need this module.
 */
module io.a2al.bench {
    requires static transitive org.jspecify;
    requires transitive io.a2al.dht;
    requires jmh.core;

    exports io.a2al.bench.http;
    exports io.a2al.bench.load;
    exports io.a2al.bench.local;
    exports io.a2al.bench.memory;
    exports io.a2al.bench.micro;
}
