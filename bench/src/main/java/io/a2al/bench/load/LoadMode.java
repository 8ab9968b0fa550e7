package io.a2al.bench.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of load, by the requests that are sent. */
public enum LoadMode {
    /** PINGs. */
    PING,
    /** FIND_NODE, each with a new random target. */
    FIND_NODE,
    /** FIND_VALUE for the endpoint records of the senders, one at each key. */
    FIND_VALUE,
    /** FIND_VALUE for one topic, whose number of entries is a setting. */
    FIND_VALUE_TOPIC,
    /** STORE of endpoint records that the node does not have, each at a new key. */
    STORE,
    /** STORE of newer versions of the senders' endpoint records: the same work as STORE, but at keys that exist. */
    RENEW,
    /** A mixture: of each ten requests, two PINGs, four FIND_NODE, three FIND_VALUE and one STORE. */
    MIXED;

    /** Returns the mode with the given lowercase name, if there is one. */
    public static Optional<LoadMode> named(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(text))
                .findFirst();
    }

    /** Returns the name in lower case, for command lines and reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
