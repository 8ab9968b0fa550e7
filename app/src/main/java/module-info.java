/**
 * The program {@code a2al}: a command line over the public API of {@code io.a2al.dht}.
 */
module io.a2al.app {
    requires static org.jspecify;
    requires io.a2al.bench;
    requires io.a2al.conformance;
    requires io.a2al.dht;
    requires io.a2al.sim;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires info.picocli;
    requires com.fasterxml.jackson.databind;
    requires java.management;

    provides ch.qos.logback.classic.spi.Configurator with
            io.a2al.app.LogSetup;

    // Commands declare their options as annotated fields, which picocli sets.
    opens io.a2al.app to
            info.picocli;
}
