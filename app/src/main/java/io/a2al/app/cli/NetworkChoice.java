package io.a2al.app.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which network a node joins when nothing more exact is said. */
public enum NetworkChoice {
    /** The one whose nodes the customary DNS name lists; nodes that are named or remembered count, too. */
    PUBLIC,
    /** The one of nodes that are named or remembered; the DNS name is never asked. */
    PRIVATE,
    /** No one yet: others may join through this node. Nodes that are remembered count. */
    NONE;

    /** Returns the name as the option takes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the choice with this name, in any case. */
    public static Optional<NetworkChoice> of(String text) {
        return Stream.of(values())
                .filter(choice -> choice.name().equalsIgnoreCase(text.strip()))
                .findFirst();
    }
}
