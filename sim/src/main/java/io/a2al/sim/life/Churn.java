package io.a2al.sim.life;

import io.a2al.sim.engine.Stream;
import java.time.Duration;

/**
 * How participants come and go. Session lengths follow a Weibull distribution with shape 0.59, as Stutzbach and Rejaie,
 * "Understanding Churn in Peer-to-Peer Networks" (IMC 2006), fitted to one of three BitTorrent networks, with a scale
 * of 41.9 minutes; the others were 0.38 with 42.4 and 0.34 with 21.3 minutes. So half of all sessions are shorter than
 * 23 minutes, and one in a hundred is longer than nine hours. Absences are exponential. Immutable; thread-safe.
 *
 * @param share of participants that come and go, 0 to 1; the others stay
 * @param session the scale of session lengths
 * @param absence the mean of absences
 * @param newIdentity how many of those who come back have lost their data directory and are somebody else, 0 to 1
 * @param diurnal how much longer absences are at night than on average, 0 to 1, in a period of 24 hours
 */
public record Churn(double share, Duration session, Duration absence, double newIdentity, double diurnal) {

    /** Everybody stays; those who are told to go follow the numbers above. */
    public static final Churn NONE = new Churn(0, Duration.ofSeconds(2514), Duration.ofMinutes(30), 0.1, 0);

    private static final double SHAPE = 0.59;
    private static final int CANDIDATES = 8;
    private static final double NANOS_PER_DAY = 86_400e9;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public Churn {
        LifeSettings.checkShare("share of nodes that come and go", share);
        LifeSettings.checkShare("share of new identities", newIdentity);
        LifeSettings.checkShare("diurnal wave", diurnal);
        if (session.isNegative() || session.isZero() || absence.isNegative() || absence.isZero()) {
            throw new IllegalArgumentException("sessions and absences must take some time");
        }
    }

    /** Nanoseconds that a session which has just begun will last. */
    long drawSession(Stream stream) {
        return (long) stream.nextWeibull((double) session.toNanos(), SHAPE);
    }

    /**
     * Nanoseconds that a session goes on which one comes upon at a random time. Long ones are come upon more often; one
     * out of several is chosen in proportion to its length.
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

    /** Nanoseconds of an absence that begins now. */
    long drawAbsence(Stream stream, long now) {
        double wave = 1 + diurnal * StrictMath.sin(2 * StrictMath.PI * (now / NANOS_PER_DAY));
        return (long) stream.nextExponential(absence.toNanos() * wave);
    }

    /** The same for another share of participants. */
    public Churn withShare(double other) {
        return new Churn(other, session, absence, newIdentity, diurnal);
    }

    /** The same with another scale of sessions. */
    public Churn withSession(Duration other) {
        return new Churn(share, other, absence, newIdentity, diurnal);
    }

    /** The same with another mean of absences. */
    public Churn withAbsence(Duration other) {
        return new Churn(share, session, other, newIdentity, diurnal);
    }

    /** The same with another share of new identities. */
    public Churn withNewIdentity(double other) {
        return new Churn(share, session, absence, other, diurnal);
    }

    /** The same with another diurnal wave. */
    public Churn withDiurnal(double other) {
        return new Churn(share, session, absence, newIdentity, other);
    }
}
