/**
 * An HTTP interface over {@code DhtNode}. A node does not need this module; the program loads it when it is asked to
 * serve. The SDK of the Model Context Protocol and Reactor name their modules in their manifests only, which makes them
 * automatic ones.
 */
module io.a2al.http {
    requires static transitive org.jspecify;
    requires transitive com.fasterxml.jackson.databind;
    requires io.a2al.metrics;
    requires transitive io.a2al.dht;
    requires java.net.http;
    requires io.modelcontextprotocol.sdk.mcp.core;
    requires org.eclipse.jetty.server;
    requires org.slf4j;
    requires org.reactivestreams;
    requires reactor.core;

    exports io.a2al.http;
    exports io.a2al.http.inspect;
    exports io.a2al.http.limits;
    exports io.a2al.http.program;
    exports io.a2al.http.registry;
}
