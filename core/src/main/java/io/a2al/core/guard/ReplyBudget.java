package io.a2al.core.guard;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.message.Endpoint;

/**
 * How much may be sent to an endpoint that only seems to have asked for it: until an answer to a request of ours came
 * from there, all datagrams together at most three times what came in from there (known-defects D-04; the same as in
 * QUIC, RFC 9000 section 8). So nobody can make us send much to somebody else under whose address he writes.
 *
 * <p>Accounts and proofs are kept in maps that forget the least recently used entry. An account that is forgotten
 * begins at nothing received and nothing sent, which never allows more than before; an endpoint whose proof is
 * forgotten gets another PING. Times in nanoseconds. Not thread-safe.
 */
final class ReplyBudget {

    static final int FACTOR = 3;

    private static final class Account {
        private long received;
        private long sent;
        private long lastHeard;
    }

    private final long silence;
    private final long proofValidity;
    private final BoundedMap<Endpoint, Account> accounts;
    private final BoundedMap<Endpoint, Long> proofs;

    ReplyBudget(GuardSettings.Replies settings) {
        silence = settings.silence().toNanos();
        proofValidity = settings.proofValidity().toNanos();
        accounts = new BoundedMap<>(settings.maxAccounts());
        proofs = new BoundedMap<>(settings.maxProofs());
    }

    /** An answer to a request of ours came from there. */
    void prove(Endpoint endpoint, long now) {
        proofs.put(endpoint, now);
        accounts.remove(endpoint);
    }

    /** True if the endpoint has proven recently that what is sent there arrives at who asked. */
    boolean isProven(Endpoint endpoint, long now) {
        Long at = proofs.get(endpoint);
        return at != null && now - at < proofValidity;
    }

    /** A datagram of this length came from an unproven endpoint. */
    void receive(Endpoint endpoint, int length, long now) {
        Account account = accounts.get(endpoint);
        if (account == null || now - account.lastHeard > silence) {
            account = new Account();
            accounts.put(endpoint, account);
        }
        account.received += length;
        account.lastHeard = now;
    }

    /** True if an unproven endpoint is being watched, having sent something lately. */
    boolean isWatched(Endpoint endpoint) {
        return accounts.containsKey(endpoint);
    }

    /** How many bytes may be sent to an unproven endpoint now; negative if more was sent than it allows. */
    long left(Endpoint endpoint) {
        Account account = accounts.get(endpoint);
        return account == null ? 0 : FACTOR * account.received - account.sent;
    }

    /** A datagram of this length is sent there. */
    void send(Endpoint endpoint, int length) {
        Account account = accounts.get(endpoint);
        if (account != null) {
            account.sent += length;
        }
    }

    Occupancy accounts() {
        return accounts.occupancy();
    }

    Occupancy proofs() {
        return proofs.occupancy();
    }
}
