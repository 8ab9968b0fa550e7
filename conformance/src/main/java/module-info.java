/**
 * Checks of whether an implementation is a good member of the network: the golden vectors and their runner, and
 * a black-box suite against running nodes. Everything in here uses the public API of the floors below, as a stranger
 * would.
 */
module io.a2al.conformance {
    requires static transitive org.jspecify;
    requires io.a2al.core;
    requires com.fasterxml.jackson.databind;

    exports io.a2al.conformance.node;
    exports io.a2al.conformance.vectors;
}
