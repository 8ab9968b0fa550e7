package io.a2al.app.node;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Nodes;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Where the HTTP interface is to be served.
 *
 * @param listen the address; empty for nowhere
 * @param isAskedFor false for the default, in whose place the next free port may be taken
 */
record ApiAddress(Optional<InetSocketAddress> listen, boolean isAskedFor) {

    /** The customary port of the network's daemons; known here without loading the interface. */
    private static final int DEFAULT_PORT = 2121;

    private static final String VARIABLE = "A2AL_API_ADDR";
    private static final String NOWHERE = "none";

    /** Returns the address in the option, or else in the environment, or else the default. */
    static ApiAddress of(Optional<String> option, Map<String, String> environment) throws CommandException {
        String asked = option.orElse(environment.getOrDefault(VARIABLE, ""));
        if (asked.equals(NOWHERE)) {
            return new ApiAddress(Optional.empty(), true);
        }
        return asked.isEmpty()
                ? new ApiAddress(Optional.of(Nodes.parseAddress("127.0.0.1", DEFAULT_PORT)), false)
                : new ApiAddress(Optional.of(Nodes.parseAddress(asked, DEFAULT_PORT)), true);
    }
}
