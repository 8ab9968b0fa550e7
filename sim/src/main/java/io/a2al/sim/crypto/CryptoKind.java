package io.a2al.sim.crypto;

import io.a2al.sim.engine.Streams;

/** The kinds of signatures that a run can have. */
public enum CryptoKind {
    /** Ed25519, as in production. */
    REAL {
        @Override
        public SimCrypto create(Streams streams) {
            return new RealCrypto();
        }
    },
    /** Keyed tags, a thousand times cheaper. */
    FAST {
        @Override
        public SimCrypto create(Streams streams) {
            return new FastCrypto(streams);
        }
    };

    /** Keys and signatures of this kind for a run. */
    public abstract SimCrypto create(Streams streams);
}
