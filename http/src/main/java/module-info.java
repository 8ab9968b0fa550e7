/**
 * An HTTP interface over {@code DhtNode}. A node does not need this module; the program loads it when it is asked to
 * serve.
 */
module io.a2al.http {
    requires static transitive org.jspecify;
    requires transitive com.fasterxml.jackson.databind;
    requires io.a2al.metrics;
    requires transitive io.a2al.dht;
    requires org.eclipse.jetty.server;

    exports io.a2al.http;
    exports io.a2al.http.inspect;
    exports io.a2al.http.limits;
}
