package io.a2al.core.api;

import io.a2al.protocol.Bytes;
import java.util.Comparator;
import java.util.Optional;

/**
 * Who answers for something that came in, when room is short: whoever brought it, as far as that can be told.
 * Immutable, with value equality; thread-safe.
 *
 * @param network where it is; nothing unless it is {@link Kind#NETWORK}
 */
public record Origin(Kind kind, Optional<Subnet> network) implements Comparable<Origin> {

    private static final Subnet NO_NETWORK = new Subnet(Bytes.EMPTY);

    private static final Comparator<Origin> ORDER = Comparator.comparing(Origin::kind)
            .thenComparing(origin -> origin.network().orElse(NO_NETWORK));

    /** This node's own application. */
    public static final Origin LOCAL = new Origin(Kind.LOCAL, Optional.empty());

    /** Addresses that limits do not apply to: loopback, and private ones in a private network. */
    public static final Origin EXEMPT = new Origin(Kind.EXEMPT, Optional.empty());

    /** All together who have not proven lately to be where they send from, since they could claim any network. */
    public static final Origin UNPROVEN = new Origin(Kind.UNPROVEN, Optional.empty());

    /** What can be told of it. */
    public enum Kind {
        /** See {@link Origin#LOCAL}. */
        LOCAL,
        /** See {@link Origin#EXEMPT}. */
        EXEMPT,
        /** See {@link Origin#UNPROVEN}. */
        UNPROVEN,
        /** Somebody who has proven to be in a network. */
        NETWORK
    }

    /** Somebody who has proven to be in this network. */
    public static Origin of(Subnet network) {
        return new Origin(Kind.NETWORK, Optional.of(network));
    }

    /** Orders by kind and network, so that hash tables find one of many with the same hash quickly. */
    @Override
    public int compareTo(Origin other) {
        return ORDER.compare(this, other);
    }

    /** True for this node's own application. */
    public boolean isLocal() {
        return kind == Kind.LOCAL;
    }

    /** True if what comes from there is limited like everything from strangers. */
    public boolean isLimited() {
        return kind == Kind.UNPROVEN || kind == Kind.NETWORK;
    }
}
