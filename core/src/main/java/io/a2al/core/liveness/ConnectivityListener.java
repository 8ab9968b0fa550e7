package io.a2al.core.liveness;

import io.a2al.core.time.NodeTime;

/** Told what becomes of our own network (known-defects D-12). Called from within the core; must not throw. */
public interface ConnectivityListener {

    /** Nobody answers, or time has leapt: until the next answer no peer is blamed for silence. */
    default void onConnectivityDoubted(NodeTime now) {}

    /**
     * Somebody answers again. Much may have happened meanwhile: contacts gone, replicas missing, records expired; and
     * if the machine slept, the wall clock went on while the monotonic one stood still.
     */
    default void onConnectivityRestored(NodeTime now) {}

    /** The application says that the machine is in another network now. A doubt follows. */
    default void onNetworkChanged(NodeTime now) {}
}
