/**
 * The A2AL wire protocol as values and bytes. This module can be used without any other module of this project. Nothing
 * in it reads a clock, opens a socket, starts a thread or draws a random number of its own.
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
