package io.a2al.sim.attack;

import io.a2al.sim.world.Attacker;
import io.a2al.sim.world.World;

/** The attacks that a run can have, by the names of the command line. */
public enum AttackKind {
    /** See {@link SilentAttacker}. */
    SILENT {
        @Override
        public Attacker create(World world, int participant) {
            return new SilentAttacker();
        }
    };

    /** An attacker of this kind for one participant. */
    public abstract Attacker create(World world, int participant);
}
