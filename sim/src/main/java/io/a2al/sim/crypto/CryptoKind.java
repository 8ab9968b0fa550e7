package io.a2al.sim.crypto;

import io.a2al.sim.engine.Streams;

/** The kinds of signatures that a run can use. */
public enum CryptoKind {
    /** Ed25519, as in production. */
    REAL {
        @Override
        public SimCrypto create(Streams streams) {
            return new RealCrypto();
        }
    },
    /** Keyed hashes, about a thousand times faster than Ed25519. */
    FAST {
        @Override
        public SimCrypto create(Streams streams) {
            return new FastCrypto(streams);
        }
    };

    /** Creates the keys and signatures of a run. */
    public abstract SimCrypto create(Streams streams);
}
