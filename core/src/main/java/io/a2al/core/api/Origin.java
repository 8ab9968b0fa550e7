package io.a2al.core.api;

import io.a2al.protocol.Bytes;
import java.util.Comparator;
import java.util.Optional;

/**
 * The source of something that came in, as far as that can be told; sources share the room when it is short. Immutable,
 * with value equality; thread-safe.
 *
 * @param network where it is, or claims to be; nothing unless it is {@link Kind#NETWORK} or {@link Kind#UNPROVEN}
 */
public record Origin(Kind kind, Optional<Subnet> network) implements Comparable<Origin> {

    private static final Subnet NO_NETWORK = new Subnet(Bytes.EMPTY);

    private static final Comparator<Origin> ORDER = Comparator.comparing(Origin::kind)
            .thenComparing(origin -> origin.network().orElse(NO_NETWORK));

    /** This node's own application. */
    public static final Origin LOCAL = new Origin(Kind.LOCAL, Optional.empty());

    /** Addresses that limits do not apply to: loopback, and private ones in a private network. */
    public static final Origin EXEMPT = new Origin(Kind.EXEMPT, Optional.empty());

    /** A peer without a verified address, and without a known network either. */
    public static final Origin UNPROVEN = new Origin(Kind.UNPROVEN, Optional.empty());

    /** What can be told of it. */
    public enum Kind {
        /** See {@link Origin#LOCAL}. */
        LOCAL(3),
        /** See {@link Origin#EXEMPT}. */
        EXEMPT(2),
        /** See {@link Origin#UNPROVEN}. */
        UNPROVEN(0),
        /** A peer whose address in a network is verified. */
        NETWORK(1);

        private final int trust;

        Kind(int trust) {
            this.trust = trust;
        }
    }

    /** A peer whose address in this network is verified. */
    public static Origin of(Subnet network) {
        return new Origin(Kind.NETWORK, Optional.of(network));
    }

    /** Returns the one of both that says more about the source; this one if neither does. */
    public Origin orBetter(Origin other) {
        return other.kind.trust > kind.trust ? other : this;
    }

    /** Orders by kind and network, so that hash tables find one of many with the same hash quickly. */
    @Override
    public int compareTo(Origin other) {
        return ORDER.compare(this, other);
    }

    /** A peer with an unverified address in this network. */
    public static Origin unproven(Subnet network) {
        return new Origin(Kind.UNPROVEN, Optional.of(network));
    }

    /** True unless any peer could claim the same. */
    public boolean isProven() {
        return kind != Kind.UNPROVEN;
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
