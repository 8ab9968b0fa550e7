package io.a2al.core.rpc;

import io.a2al.core.time.NodeTime;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.TransactionId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Transaction ids that prove an address without being remembered: a hash of a secret, the address and the time. Only
 * who receives datagrams at the address can answer with one. So any number of newcomers can be asked at once, and
 * those that stay silent take no place from the others. Not thread-safe.
 */
final class AddressTokens {

    /** A token is valid in the period in which it was issued and in the next one. */
    private static final long PERIOD = Duration.ofSeconds(4).toNanos();

    private static final int SECRET_LENGTH = 32;

    private final byte[] secret = new byte[SECRET_LENGTH];

    /** Draws the secret from {@code random}. */
    AddressTokens(RandomGenerator random) {
        random.nextBytes(secret);
    }

    /** Returns the token of an address. */
    TransactionId issue(NodeTime now, Endpoint address) {
        return token(address, now.nanos() / PERIOD);
    }

    /** Returns true if the token was issued for this address lately. */
    boolean isValid(NodeTime now, Endpoint address, TransactionId token) {
        long period = now.nanos() / PERIOD;
        return token.equals(token(address, period)) || token.equals(token(address, period - 1));
    }

    private TransactionId token(Endpoint address, long period) {
        Bytes hash = NodeId.ofHash(
                        secret,
                        address.unmapped().toWire().toArray(),
                        ByteBuffer.allocate(Long.BYTES).putLong(period).array())
                .toBytes();
        return TransactionId.of(Bytes.copyOfRange(hash.toArray(), 0, TransactionId.LENGTH));
    }
}
