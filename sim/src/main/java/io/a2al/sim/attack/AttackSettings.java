package io.a2al.sim.attack;

import java.util.List;

/**
 * Settings of attackers. Immutable; thread-safe.
 *
 * @param kinds kinds of attackers, at least one; each attacker is of one kind, with equal probability
 * @param share share of participants that attack, 0 to 1; seed nodes do not attack
 */
public record AttackSettings(List<AttackKind> kinds, double share) {

    /** No attackers. */
    public static final AttackSettings NONE = new AttackSettings(List.of(AttackKind.SILENT), 0);

    /**
     * Copies the list, and validates it and the share.
     *
     * @throws IllegalArgumentException if there is no kind, or the share is out of range
     */
    public AttackSettings {
        kinds = List.copyOf(kinds);
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("kinds of attackers: none; name at least one");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share of attackers: " + share + "; must be 0 to 1");
        }
    }

    /** Returns these settings with another share of attackers. */
    public AttackSettings withShare(double other) {
        return new AttackSettings(kinds, other);
    }

    /** Returns these settings with other kinds of attackers. */
    public AttackSettings withKinds(List<AttackKind> other) {
        return new AttackSettings(other, share);
    }
}
