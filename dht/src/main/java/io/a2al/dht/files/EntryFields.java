package io.a2al.dht.files;

import io.a2al.core.api.Origin;
import io.a2al.core.api.Subnet;
import io.a2al.protocol.Bytes;
import java.util.Optional;

/** Fields that the entries of all files of records have in common. Stateless; thread-safe. */
final class EntryFields {

    private EntryFields() {}

    /** Returns the number that stands for the kind of an origin. */
    static int codeOf(Origin origin) {
        return switch (origin.kind()) {
            case LOCAL -> 0;
            case EXEMPT -> 1;
            case UNPROVEN -> 2;
            case NETWORK -> 3;
        };
    }

    /** Returns the origin for a number and the bytes of its network; empty for a number that stands for none. */
    static Optional<Origin> originOf(int code, Bytes network) {
        return switch (code) {
            case 0 -> Optional.of(Origin.LOCAL);
            case 1 -> Optional.of(Origin.EXEMPT);
            case 2 -> Optional.of(network.isEmpty() ? Origin.UNPROVEN : Origin.unproven(new Subnet(network)));
            case 3 -> Optional.of(Origin.of(new Subnet(network)));
            default -> Optional.empty();
        };
    }
}
