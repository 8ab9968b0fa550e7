package io.a2al.dht.result;

import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.Optional;

/**
 * The result of a request to one peer. Immutable; thread-safe.
 *
 * @param <T> the type of the answer
 */
public sealed interface RpcResult<T> {

    /**
     * The peer answered.
     *
     * @param peer its identity, and the address that was asked
     * @param value the answer
     * @param roundTrip from the first attempt to the answer
     * @param <T> the type of the answer
     */
    record Answered<T>(Contact peer, T value, Duration roundTrip) implements RpcResult<T> {}

    /**
     * The request timed out.
     *
     * @param <T> the type of the answer
     */
    record NoAnswer<T>() implements RpcResult<T> {}

    /**
     * Another identity than the expected one answered; {@code PeerRpc.ping} without an expectation returns it.
     *
     * @param <T> the type of the answer
     */
    record OtherIdentity<T>() implements RpcResult<T> {}

    /** Returns the answer; empty if there is none. */
    default Optional<T> answer() {
        return this instanceof Answered<T> answered ? Optional.of(answered.value()) : Optional.empty();
    }
}
