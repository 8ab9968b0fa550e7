package io.a2al.dht.shell;

import io.a2al.core.api.DropReason;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.message.Endpoint;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Warns, once, if another node seems to run with this node's identity, as after the copying of a data directory: peers
 * then find now one of the two and now the other. A node that was told its own address as a seed receives its own
 * requests, which is no reason to warn. Thread-safe.
 */
public final class IdentityCopies {

    private final Address self;
    private final Endpoint local;
    private final Supplier<Optional<Endpoint>> observed;
    private final Executor blocking;
    private final Logger log;
    private final AtomicBoolean examining = new AtomicBoolean();

    /**
     * Watches for copies of an identity.
     *
     * @param local where the node listens
     * @param observed the address at which peers see the node, if they agree on one
     * @param blocking runs what asks the system
     */
    public IdentityCopies(
            Address self, Endpoint local, Supplier<Optional<Endpoint>> observed, Executor blocking, Logger log) {
        this.self = self;
        this.local = local;
        this.observed = observed;
        this.blocking = blocking;
        this.log = log;
    }

    /**
     * Notes a dropped datagram, of which only those with this node's identity are looked at. Returns at once; one is
     * examined at a time, and none after a warning.
     */
    public void onDropped(Endpoint from, DropReason reason) {
        if (reason == DropReason.OWN_IDENTITY) {
            onOwnIdentity(from);
        }
    }

    /** Notes a datagram with this node's identity. */
    void onOwnIdentity(Endpoint from) {
        if (examining.compareAndSet(false, true)) {
            blocking.execute(() -> {
                if (isOwn(from)) {
                    examining.set(false);
                } else {
                    log.warn(
                            "a datagram from {} has this node's own identity {}; if another node runs with a copy of"
                                    + " its key, stop that node and give it a data directory of its own",
                            Endpoints.text(from),
                            self);
                }
            });
        }
    }

    /** A NAT may turn the node's own requests around, and then they come from the address that peers see. */
    private boolean isOwn(Endpoint from) {
        return Endpoints.isOwn(local, from)
                || observed.get()
                        .filter(seen -> seen.hasSameIp(from) && !Endpoints.isOwn(local, seen.withPort(local.port())))
                        .isPresent();
    }
}
