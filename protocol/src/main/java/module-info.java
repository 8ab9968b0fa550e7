/**
 * The A2AL wire protocol as values and bytes: usable alone, without any other module of this project.
 * Nothing in here reads a clock, opens a socket, starts a thread or draws a random number.
 */
module io.a2al.protocol {
    requires static transitive org.jspecify;
    requires org.bouncycastle.provider;

    exports io.a2al.protocol;
    exports io.a2al.protocol.cbor;
    exports io.a2al.protocol.crypto;
    exports io.a2al.protocol.delegation;
    exports io.a2al.protocol.id;
    exports io.a2al.protocol.mailbox;
    exports io.a2al.protocol.message;
    exports io.a2al.protocol.record;
}
