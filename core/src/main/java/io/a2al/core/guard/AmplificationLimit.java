package io.a2al.core.guard;

import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.bounds.Occupancy;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The amplification limit: until a node has answered a request of ours from an endpoint, all datagrams sent there
 * together have at most three times the bytes that came from there (known-defects D-04; the same as in QUIC, RFC 9000
 * section 8). So a sender with a forged source address cannot make us flood the node at that address. What is verified
 * is the node at its endpoint: others that claim to be at the same endpoint are limited still.
 *
 * <p>Accounts and verified endpoints are kept in maps that evict the least recently used entry. An evicted account
 * starts again at nothing received and nothing sent, which never allows more than before; an endpoint whose
 * verification is evicted gets another PING. Times in nanoseconds of the node's time. Not thread-safe.
 */
final class AmplificationLimit {

    static final int FACTOR = 3;

    /** What came from an unverified endpoint and was sent there. Not thread-safe. */
    static final class Account {
        private long received;
        private long sent;
        private long lastHeard;

        /** Returns how many bytes may be sent now; negative if more was sent than is allowed. */
        long left() {
            return FACTOR * received - sent;
        }

        /** Counts a datagram that is sent, in bytes. */
        void send(int length) {
            sent += length;
        }
    }

    private final long forgottenAfter;
    private final long validity;
    private final BoundedMap<Endpoint, Account> accounts;
    private final BoundedMap<Endpoint, Proof> proofs;

    /** Whether an account was evicted that counted still, so that an endpoint without one may have sent something. */
    private boolean forgot;

    /** When the last such account would not have counted any longer. */
    private long forgotUntil;

    /** Who answered from an endpoint last, and when. */
    private record Proof(NodeId node, long at) {}

    AmplificationLimit(GuardSettings.Replies settings) {
        forgottenAfter = settings.silence().toNanos();
        validity = settings.proofValidity().toNanos();
        accounts = new BoundedMap<>(settings.maxAccounts());
        proofs = new BoundedMap<>(settings.maxProofs());
    }

    /** Notes that this node's answer to a request of ours came from the endpoint. */
    void verify(Endpoint endpoint, NodeId node, long now) {
        proofs.put(endpoint, new Proof(node, now));
        accounts.remove(endpoint);
    }

    /** Returns true if any node answered a request of ours from the endpoint recently. */
    boolean isVerified(Endpoint endpoint, long now) {
        Proof proof = proofs.get(endpoint);
        return proof != null && now - proof.at() < validity;
    }

    /** Returns true if this node answered a request of ours from the endpoint recently. */
    boolean isVerified(Endpoint endpoint, NodeId node, long now) {
        Proof proof = proofs.get(endpoint);
        return proof != null && now - proof.at() < validity && proof.node().equals(node);
    }

    /** Counts a datagram of this length, in bytes, that came from an endpoint which its sender is not verified at. */
    void receive(Endpoint endpoint, int length, long now) {
        Account account = accounts.get(endpoint);
        if (account == null || now - account.lastHeard > forgottenAfter) {
            if (account == null && accounts.occupancy().isFull()) {
                noteEviction(accounts.firstEntry().getValue(), now);
            }
            account = new Account();
            accounts.put(endpoint, account);
        }
        account.received += length;
        account.lastHeard = now;
    }

    private void noteEviction(Account evicted, long now) {
        long until = evicted.lastHeard + forgottenAfter;
        forgotUntil = mayHaveForgotten(now) ? Math.max(forgotUntil, until) : until;
        forgot = true;
    }

    /** Returns true if an endpoint without an account may have sent something recently. */
    boolean mayHaveForgotten(long now) {
        forgot = forgot && now - forgotUntil <= 0;
        return forgot;
    }

    /** Returns true if the endpoint has an account: it is unverified and sent something recently. */
    boolean hasAccount(Endpoint endpoint) {
        return accounts.containsKey(endpoint);
    }

    /** Returns the account of an endpoint, or null if it has none. */
    @Nullable
    Account account(Endpoint endpoint) {
        return accounts.get(endpoint);
    }

    Occupancy accounts() {
        return accounts.occupancy();
    }

    Occupancy verified() {
        return proofs.occupancy();
    }
}
