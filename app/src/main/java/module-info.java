/** The program {@code a2al}: a command line over the public API of {@code io.a2al.dht}. */
module io.a2al.app {
    requires static org.jspecify;
    requires io.a2al.bench;
    requires io.a2al.conformance;
    requires io.a2al.dht;
    requires io.a2al.http;
    requires io.a2al.sim;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires info.picocli;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.toml;
    requires java.management;
    requires java.net.http;

    provides ch.qos.logback.classic.spi.Configurator with
            io.a2al.app.cli.LogSetup;

    // Commands declare their options as annotated fields, which picocli sets.
    opens io.a2al.app to
            info.picocli;
    opens io.a2al.app.agents to
            info.picocli;
    opens io.a2al.app.agent to
            info.picocli;
    opens io.a2al.app.bench to
            info.picocli;
    opens io.a2al.app.cli to
            info.picocli;
    opens io.a2al.app.client to
            info.picocli;
    opens io.a2al.app.config to
            info.picocli;
    opens io.a2al.app.conformance to
            info.picocli;
    opens io.a2al.app.data to
            info.picocli;
    opens io.a2al.app.help to
            info.picocli;
    opens io.a2al.app.id to
            info.picocli;
    opens io.a2al.app.inspect to
            info.picocli;
    opens io.a2al.app.mcp to
            info.picocli;
    opens io.a2al.app.node to
            info.picocli;
    opens io.a2al.app.publications to
            info.picocli;
    opens io.a2al.app.running to
            info.picocli;
    opens io.a2al.app.sim to
            info.picocli;
}
