package io.a2al.dht.result;

import io.a2al.dht.PeerRpc;
import io.a2al.protocol.message.Contact;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of a request to one peer.
 *
 * @param <T> what such a request is answered with
 */
public sealed interface RpcResult<T> {

    /**
     * The peer answered.
     *
     * @param peer who, at the address that was asked
     * @param value the answer
     * @param roundTrip from the first attempt to the answer
     * @param <T> what such a request is answered with
     */
    record Answered<T>(Contact peer, T value, Duration roundTrip) implements RpcResult<T> {}

    /**
     * Nobody answered in time.
     *
     * @param <T> what such a request is answered with
     */
    record NoAnswer<T>() implements RpcResult<T> {}

    /**
     * Somebody else than expected answered; {@link PeerRpc#ping} without an expectation tells who it is.
     *
     * @param <T> what such a request is answered with
     */
    record OtherIdentity<T>() implements RpcResult<T> {}

    /** The answer, if there is one. */
    default Optional<T> answer() {
        return this instanceof Answered<T> answered ? Optional.of(answered.value()) : Optional.empty();
    }
}
