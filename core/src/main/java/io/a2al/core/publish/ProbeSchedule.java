package io.a2al.core.publish;

/**
 * When to look after a node that holds replicas, and what to think of it (node.md 12.2): the first time soon, then less
 * and less often; two silences in a row make it bad, a third one after the grace ends it. What it sends in between
 * counts like an answer (known-defects D-35). Times in nanoseconds. Not thread-safe.
 *
 * <p>States: good, suspect (one silence), bad (two). Any sign of life leads back to good; a node that was silent before
 * may have restarted without its records, so that the next probe looks for one.
 */
final class ProbeSchedule {

    /** What to think of the node. */
    enum State {
        GOOD,
        SUSPECT,
        BAD,
        /** It missed its last chance. */
        LOST
    }

    /** What a probe consists of. */
    enum Probe {
        /** Nothing; the node was heard in the meantime. */
        NONE,
        /** Any sign of life. */
        PING,
        /** A record that the node should have. */
        CONTENT
    }

    private static final int FAILURES_TO_BAD = 2;

    private final PublishSettings.Probing settings;
    private long delay;
    private long since;
    private long dueAt;
    private long heardAt;
    private int failures;
    private int probes;
    private boolean contentDue;

    /** The schedule of a node that confirmed its first replica just now. */
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

    /** When the next probe is due. */
    long dueAt() {
        return dueAt;
    }

    /** Makes the next probe due now, because there is a doubt. */
    void doubt(long now) {
        // What was heard before the doubt does not dispel it.
        since = now;
        dueAt = now;
    }

    /** Takes note of verified traffic; true if that changes the state. */
    boolean heard(long now) {
        heardAt = now;
        if (failures == 0) {
            return false;
        }
        answered(now);
        return true;
    }

    /** What to do now that the time has come. */
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

    /** The node gave a sign of life. */
    void answered(long now) {
        contentDue |= failures > 0;
        failures = 0;
        delay = Math.min(2 * delay, settings.longest().toNanos());
        since = now;
        dueAt = contentDue ? now : now + delay;
    }

    /** The node answered for its content, whatever it said. */
    void checked(long now) {
        failures = 0;
        contentDue = false;
        answered(now);
    }

    /** The node was silent. */
    void silent(long now) {
        failures++;
        since = now;
        boolean bad = failures >= FAILURES_TO_BAD;
        dueAt = now + (bad ? settings.grace() : settings.first()).toNanos();
    }
}
