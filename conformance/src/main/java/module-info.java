/**
 * Conformance tests for implementations of the protocol: the golden vectors with their runner, and a black-box suite
 * for running nodes. This module uses only the public API of the modules below it.
 */
module io.a2al.conformance {
    requires static transitive org.jspecify;
    requires io.a2al.core;
    requires com.fasterxml.jackson.databind;

    exports io.a2al.conformance.node;
    exports io.a2al.conformance.vectors;
}
