package io.a2al.core.routing;

/**
 * For how long a contact is taken to have been there before it was first heard, learnt from which contacts answer after
 * a silence: long in a network whose nodes stay, short in one whose nodes come and go. Each outcome moves the logarithm
 * along the slope of its likelihood, so that contacts answer as often as expected in the long run. Within bounds, so
 * that contacts of an attacker, which answer or fall silent as he likes, make no memory worthless or endless. Times in
 * one unit of the owner's choice. Not thread-safe.
 */
final class HeadStart {

    /**
     * How far one outcome moves the logarithm at most; some hundred outcomes of one kind lead from one bound to the
     * other.
     */
    private static final double RATE = 1 / 16.0;

    private final double shortest;
    private final double longest;
    private double time;

    HeadStart(double initial, double shortest, double longest) {
        this.time = initial;
        this.shortest = shortest;
        this.longest = longest;
    }

    double time() {
        return time;
    }

    /** Returns how likely a contact is there that was heard over a time {@code known} and not since. */
    double chance(double known, double silence) {
        return (known + time) / (known + time + silence);
    }

    /** Notes whether a contact answered that had been heard over a time {@code known}, and not for a time since. */
    void note(double known, double silence, boolean answered) {
        double chance = chance(known, silence);
        double slope = (answered ? 1 - chance : -chance) * time / (known + time);
        time = Math.clamp(time * Math.exp(RATE * slope), shortest, longest);
    }
}
