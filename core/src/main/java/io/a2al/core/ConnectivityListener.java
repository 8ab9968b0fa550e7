package io.a2al.core;

/** Told what becomes of our own network (known-defects D-12). Called from within the core; must not throw. */
interface ConnectivityListener {

    /** Nobody answers, or time has leapt: until the next answer no peer is blamed for silence. */
    default void onConnectivityDoubted(Moment now) {}

    /**
     * Somebody answers again. Much may have happened meanwhile: contacts gone, replicas missing, records expired; and
     * if the machine slept, the wall clock went on while the monotonic one stood still.
     */
    default void onConnectivityRestored(Moment now) {}

    /** The application says that the machine is in another network now. A doubt follows. */
    default void onNetworkChanged(Moment now) {}
}
