package io.a2al.sim.engine;

/**
 * Derives independent random streams from the seed of a run. Each stream depends only on the seed, a purpose and a
 * number, such as that of a participant. So an additional node does not change what the other nodes draw. Immutable;
 * thread-safe.
 */
public final class Streams {

    private final long seed;

    /** Creates the streams of a seed. */
    public Streams(long seed) {
        this.seed = seed;
    }

    /** Returns the seed. */
    public long seed() {
        return seed;
    }

    /** Returns the stream for a purpose and the number of a participant, agent or the like, from its beginning. */
    public Stream of(Purpose purpose, long number) {
        return new Stream(hash(purpose, number));
    }

    /** Returns a single random number for a purpose and number, where a stream is not needed. */
    public long hash(Purpose purpose, long number) {
        return Mixer.add(Mixer.add(Mixer.mix(seed), purpose.code()), number);
    }
}
