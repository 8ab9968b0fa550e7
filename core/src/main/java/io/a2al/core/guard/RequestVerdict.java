package io.a2al.core.guard;

import io.a2al.core.api.Origin;
import io.a2al.core.api.Subnet;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * What the guard decided about one request whose signature holds: whether its source address is verified, how long the
 * answer may be, and which origin its records count against. Made once for a request by {@link Guard#judge}; valid
 * until the request is handled. Not thread-safe.
 */
public final class RequestVerdict {

    private final Guard guard;
    private final Endpoint from;
    private final Endpoint source;

    /** Null if the sender is verified at the source address, or a contact there. */
    private final AmplificationLimit.@Nullable Account account;

    RequestVerdict(Guard guard, Endpoint from, Endpoint source, AmplificationLimit.@Nullable Account account) {
        this.guard = guard;
        this.from = from;
        this.source = source;
        this.account = account;
    }

    /** Returns where the datagram came from and where the answer goes. */
    public Endpoint from() {
        return from;
    }

    /** Returns where the datagram came from, an IPv4-mapped address as the IPv4 one. */
    public Endpoint source() {
        return source;
    }

    /** Returns true if the sender is verified at the source address, so that no amplification limit applies. */
    public boolean isVerified() {
        return account == null;
    }

    /** Returns how long the next datagram to the source may be. */
    public Allowance allowance() {
        return account == null
                ? Allowance.FULL
                : new Allowance((int) Math.min(account.left(), MessageCodec.MAX_DATAGRAM));
    }

    /** Returns what a record that came with the request counts against when the store is full. */
    public Origin origin() {
        if (guard.isExempt(source)) {
            return Origin.EXEMPT;
        }
        return account == null ? Origin.of(Subnet.of(source)) : Origin.unproven(Subnet.of(source));
    }

    /** Counts a truncated answer. */
    public void countTruncated() {
        guard.countTruncated();
    }

    /** Charges an answer to the amplification limit; returns false if it exceeds that and must not be sent. */
    public boolean tryCharge(Message answer) {
        return account == null || guard.tryCharge(account, answer);
    }
}
