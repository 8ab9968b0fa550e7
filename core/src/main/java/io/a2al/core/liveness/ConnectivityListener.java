package io.a2al.core.liveness;

import io.a2al.core.time.NodeTime;

/**
 * Learns what becomes of our own network (known-defects D-12); raised by {@link FailureDetector}. Called from within
 * the core; must not throw.
 */
public interface ConnectivityListener {

    /** No peer answers, or the clock jumped: until the next answer no peer is suspected because of a timeout. */
    default void onOutageSuspected(NodeTime now) {}

    /**
     * A peer answers again. Much may have happened meanwhile: contacts gone, replicas missing, records expired; and if
     * the machine slept, the wall clock went on while the monotonic one stood still.
     */
    default void onConnectivityRestored(NodeTime now) {}

    /** The application says that the machine is in another network now. A suspected outage follows. */
    default void onNetworkChanged(NodeTime now) {}
}
