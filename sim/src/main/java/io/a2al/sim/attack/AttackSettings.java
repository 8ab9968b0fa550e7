package io.a2al.sim.attack;

import java.util.List;

/**
 * Settings of attackers. Immutable; thread-safe.
 *
 * @param kinds kinds of attackers, at least one; each attacker is of one kind, with equal probability
 * @param share share of participants that attack, 0 to 1; seed nodes do not attack
 * @param sybils identities around a key, in addition to these
 */
public record AttackSettings(List<AttackKind> kinds, double share, Sybils sybils) {

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

    /** Settings without identities around a key beyond the share. */
    public AttackSettings(List<AttackKind> kinds, double share) {
        this(kinds, share, Sybils.NONE);
    }

    /** Returns these settings with another share of attackers. */
    public AttackSettings withShare(double other) {
        return new AttackSettings(kinds, other, sybils);
    }

    /** Returns these settings with other identities around a key. */
    public AttackSettings withSybils(Sybils other) {
        return new AttackSettings(kinds, share, other);
    }

    /** Returns what identities around a key do: the first of the kinds that surrounds a key, otherwise censoring. */
    AttackKind sybilKind() {
        return kinds.stream()
                .filter(kind -> kind.placement() == Placement.AROUND_VICTIM)
                .findFirst()
                .orElse(AttackKind.CENSOR);
    }

    /** Returns these settings with other kinds of attackers. */
    public AttackSettings withKinds(List<AttackKind> other) {
        return new AttackSettings(other, share, sybils);
    }
}
