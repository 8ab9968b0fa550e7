/**
 * The library that an application embeds: {@code DhtNode}, its results, and the transports. Contains the threads,
 * sockets, clocks, files and signatures around the deterministic core.
 */
// The module that one package is exported to is compiled later.
@SuppressWarnings("module")
module io.a2al.dht {
    requires static transitive org.jspecify;
    requires transitive io.a2al.core;
    requires com.fasterxml.jackson.core;
    requires com.h2database.mvstore;
    requires java.naming;
    requires transitive jdk.httpserver;
    requires org.slf4j;

    exports io.a2al.dht;
    exports io.a2al.dht.debug;
    exports io.a2al.dht.files;
    exports io.a2al.dht.logging to
            io.a2al.http;
    exports io.a2al.dht.peers;
    exports io.a2al.dht.result;
    exports io.a2al.dht.transport;
}
