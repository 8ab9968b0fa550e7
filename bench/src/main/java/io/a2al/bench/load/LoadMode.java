package io.a2al.bench.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a load consists of. */
public enum LoadMode {
    /** PINGs. */
    PING,
    /** FIND_NODE, each for another random target. */
    FIND_NODE,
    /** FIND_VALUE for the endpoint records of the senders, one at each key. */
    FIND_VALUE,
    /** FIND_VALUE for one topic with a number of entries. */
    FIND_VALUE_TOPIC,
    /** STORE of an endpoint record that the node does not have, each at another key. */
    STORE,
    /** STORE of newer versions of the senders' endpoint records: as much to do, at keys that stay the same. */
    RENEW,
    /** Of ten requests two PINGs, four FIND_NODE, three FIND_VALUE and one STORE. */
    MIXED;

    /** The mode with this lowercase name. */
    public static Optional<LoadMode> named(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(text))
                .findFirst();
    }

    /** Lowercase, for command lines and reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
