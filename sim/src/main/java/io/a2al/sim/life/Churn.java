package io.a2al.sim.life;

import io.a2al.sim.engine.Stream;
import java.time.Duration;

/**
 * How participants leave and return. Session lengths follow a Weibull distribution with shape 0.59 and a scale of 41.9
 * minutes, which Stutzbach and Rejaie, "Understanding Churn in Peer-to-Peer Networks" (IMC 2006), fitted to one of
 * three BitTorrent networks; the fits to the others were 0.38 with 42.4 minutes and 0.34 with 21.3 minutes. So half of
 * all sessions are shorter than 23 minutes, and one in a hundred is longer than nine hours. Absences are exponentially
 * distributed. Immutable; thread-safe.
 *
 * @param share share of participants that leave and return, 0 to 1; the others stay
 * @param session scale of session lengths; 63 % are shorter
 * @param absence mean length of absences
 * @param crashes share of departures at which the node is not shut down but just stops, 0 to 1
 * @param newIdentity share of returns at which the node has lost its data directory and gets a new identity, 0 to 1
 * @param diurnal amplitude of the daily variation of absences, as a share of their mean, 0 to 1; the period is 24 hours
 */
public record Churn(
        double share, Duration session, Duration absence, double crashes, double newIdentity, double diurnal) {

    /** All participants stay. The other values are the defaults for {@link #withShare}: the fit named above. */
    public static final Churn NONE = new Churn(0, Duration.ofSeconds(2514), Duration.ofMinutes(30), 0.5, 0.1, 0);

    private static final double SHAPE = 0.59;

    /** Sessions from which {@link #drawRest} chooses. */
    private static final int CANDIDATES = 8;

    private static final double NANOS_PER_DAY = 86_400e9;

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public Churn {
        Ranges.checkShare("churn", share);
        Ranges.checkShare("share of crashes", crashes);
        Ranges.checkShare("share of new identities", newIdentity);
        Ranges.checkShare("diurnal variation", diurnal);
        if (!session.isPositive() || !absence.isPositive()) {
            throw new IllegalArgumentException("session and absence: " + session.toMillis() + " ms and "
                    + absence.toMillis() + " ms; both must be positive");
        }
    }

    /** Draws the length of a session that begins now, in nanoseconds. */
    long drawSession(Stream stream) {
        return (long) stream.nextWeibull((double) session.toNanos(), SHAPE);
    }

    /**
     * Draws the remaining length of a session that is already running at a random time, in nanoseconds. A random time
     * is more likely to be within a long session, so one of several drawn sessions is chosen in proportion to its
     * length.
     */
    long drawRest(Stream stream) {
        long[] lengths = new long[CANDIDATES];
        double sum = 0;
        for (int i = 0; i < CANDIDATES; i++) {
            lengths[i] = drawSession(stream);
            sum += lengths[i];
        }
        double at = stream.nextUnit() * sum;
        int chosen = 0;
        while (chosen < CANDIDATES - 1 && at >= lengths[chosen]) {
            at -= lengths[chosen++];
        }
        return (long) (lengths[chosen] * stream.nextUnit());
    }

    /** Draws the length of an absence that begins at {@code now}, in nanoseconds. */
    long drawAbsence(Stream stream, long now) {
        double wave = 1 + diurnal * StrictMath.sin(2 * StrictMath.PI * (now / NANOS_PER_DAY));
        return (long) stream.nextExponential(absence.toNanos() * wave);
    }

    /** Returns this churn with another share of participants. */
    public Churn withShare(double other) {
        return new Churn(other, session, absence, crashes, newIdentity, diurnal);
    }

    /** Returns this churn with another scale of session lengths. */
    public Churn withSession(Duration other) {
        return new Churn(share, other, absence, crashes, newIdentity, diurnal);
    }

    /** Returns this churn with another mean length of absences. */
    public Churn withAbsence(Duration other) {
        return new Churn(share, session, other, crashes, newIdentity, diurnal);
    }

    /** Returns this churn with another share of crashes. */
    public Churn withCrashes(double other) {
        return new Churn(share, session, absence, other, newIdentity, diurnal);
    }

    /** Returns this churn with another share of new identities. */
    public Churn withNewIdentity(double other) {
        return new Churn(share, session, absence, crashes, other, diurnal);
    }

    /** Returns this churn with another daily variation. */
    public Churn withDiurnal(double other) {
        return new Churn(share, session, absence, crashes, newIdentity, other);
    }
}
