package io.a2al.core.publish;

/**
 * Spreads the rounds of storing of many publications over time: a token bucket that fills the faster, the more often
 * records have to be renewed. Times in nanoseconds. Not thread-safe.
 */
final class Pacer {

    private static final double SECOND = 1e9;

    private final PublishSettings.Pace settings;
    private double renewalsPerSecond;
    private int records;
    private double tokens;
    private long filledAt;

    Pacer(PublishSettings.Pace settings) {
        this.settings = settings;
        this.tokens = settings.burst();
    }

    /** Notes a record that is renewed after this time. */
    void add(long interval) {
        records++;
        renewalsPerSecond += SECOND / interval;
    }

    /** Notes that a record is no longer renewed after this time. */
    void remove(long interval) {
        records--;
        renewalsPerSecond = records == 0 ? 0 : renewalsPerSecond - SECOND / interval;
    }

    private double perSecond() {
        double all = records / (settings.all().toNanos() / SECOND);
        return Math.max(Math.max(settings.least(), all), settings.share() * renewalsPerSecond);
    }

    /** Returns true if a round may begin now, and counts it. */
    boolean take(long now) {
        tokens = Math.min(settings.burst(), tokens + Math.max(0, now - filledAt) / SECOND * perSecond());
        filledAt = now;
        boolean may = tokens >= 1;
        tokens -= may ? 1 : 0;
        return may;
    }

    /** Returns when the next round may begin, after {@link #take} has refused one. */
    long nextAt() {
        return filledAt + (long) Math.ceil((1 - tokens) / perSecond() * SECOND) + 1;
    }
}
