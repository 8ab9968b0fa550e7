package io.a2al.sim.attack;

import java.util.List;

/**
 * Who attacks how. Immutable; thread-safe.
 *
 * @param kinds the attacks; each attacker does one of them, all being equally frequent
 * @param share of all participants that attack, 0 to 1; those that everybody joins through do not
 */
public record AttackSettings(List<AttackKind> kinds, double share) {

    /** Nobody attacks. */
    public static final AttackSettings NONE = new AttackSettings(List.of(AttackKind.SILENT), 0);

    /**
     * Copies the list and checks the ranges.
     *
     * @throws IllegalArgumentException if there is no kind, or the share is out of range
     */
    public AttackSettings {
        kinds = List.copyOf(kinds);
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("no kind of attack");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of attackers is " + share + "; it must be 0 to 1");
        }
    }

    /** The same with another share. */
    public AttackSettings withShare(double other) {
        return new AttackSettings(kinds, other);
    }

    /** The same with other kinds. */
    public AttackSettings withKinds(List<AttackKind> other) {
        return new AttackSettings(other, share);
    }
}
