package io.a2al.sim.engine;

/**
 * Splits the seed of a run: each purpose and each number has a stream of its own, which depends on nothing but the
 * seed, purpose and number. So one more node leaves the numbers of all others as they are. Immutable; thread-safe.
 */
public final class Streams {

    private final long seed;

    /** Everything follows from this seed. */
    public Streams(long seed) {
        this.seed = seed;
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** The stream for this purpose of the participant (or whatever is counted) with this number, from its beginning. */
    public Stream of(Purpose purpose, long number) {
        return new Stream(hash(purpose, number));
    }

    /** One number for this purpose, for those who need no more, such as the fate of a datagram. */
    public long hash(Purpose purpose, long number) {
        return Mixer.add(Mixer.add(Mixer.mix(seed), purpose.code()), number);
    }
}
