package io.a2al.core.publish;

/**
 * When a node that holds replicas is probed, and its state (node.md 12.2): the first time soon, then less and less
 * often; two timeouts in a row make it bad, a third one after the grace makes it lost. What it sends in between counts
 * like an answer (known-defects D-35). Times in nanoseconds. Not thread-safe.
 *
 * <p>States: good, suspect (one timeout), bad (two), lost (three). Any verified traffic leads back to good. A node that
 * did not answer before may have restarted without its records, so that the next probe asks for one.
 */
final class ProbeSchedule {

    /** The state of the node. */
    enum State {
        GOOD,
        SUSPECT,
        BAD,
        /** It did not answer the last probe after the grace. */
        LOST
    }

    /** What a probe consists of. */
    enum Probe {
        /** Nothing; the node was heard in the meantime. */
        NONE,
        /** A PING. */
        PING,
        /** A record that the node should have. */
        CONTENT
    }

    /** Timeouts in a row that make a node bad: one may be a lost datagram. */
    private static final int FAILURES_TO_BAD = 2;

    private final PublishSettings.Probing settings;
    private long delay;
    private long since;
    private long dueAt;
    private long heardAt;
    private int failures;
    private int probes;
    private boolean contentDue;

    /** A schedule for a node that confirmed its first replica just now. */
    ProbeSchedule(PublishSettings.Probing settings, long now) {
        this.settings = settings;
        this.delay = settings.first().toNanos();
        this.since = now;
        this.heardAt = now;
        this.dueAt = now + delay;
    }

    State state() {
        return switch (failures) {
            case 0 -> State.GOOD;
            case 1 -> State.SUSPECT;
            case FAILURES_TO_BAD -> State.BAD;
            default -> State.LOST;
        };
    }

    /** Returns when the next probe is due. */
    long dueAt() {
        return dueAt;
    }

    /** Makes the next probe due now, because the node may be gone. */
    void probeAt(long now) {
        // Traffic from before does not make this probe unnecessary.
        since = now;
        dueAt = now;
    }

    /** Notes verified traffic. Returns true if that changes the state. */
    boolean heard(long now) {
        heardAt = now;
        if (failures == 0) {
            return false;
        }
        answered(now);
        return true;
    }

    /** Returns the probe to send now that it is due. */
    Probe begin(long now) {
        probes++;
        if (contentDue || probes % settings.contentEvery() == 0) {
            return Probe.CONTENT;
        }
        if (failures == 0 && heardAt - since > 0) {
            answered(heardAt);
            return Probe.NONE;
        }
        return Probe.PING;
    }

    /** Notes an answer, or traffic that counts like one. */
    void answered(long now) {
        contentDue |= failures > 0;
        failures = 0;
        delay = Math.min(2 * delay, settings.longest().toNanos());
        since = now;
        dueAt = contentDue ? now : now + delay;
    }

    /** Notes that the node said which records it has. */
    void checked(long now) {
        failures = 0;
        contentDue = false;
        answered(now);
    }

    /** Notes that a probe timed out. */
    void timedOut(long now) {
        failures++;
        since = now;
        boolean bad = failures >= FAILURES_TO_BAD;
        dueAt = now + (bad ? settings.grace() : settings.first()).toNanos();
    }
}
