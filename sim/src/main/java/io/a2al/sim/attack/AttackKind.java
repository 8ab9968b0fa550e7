package io.a2al.sim.attack;

import io.a2al.sim.engine.Stream;
import io.a2al.sim.world.Attacker;

/** The attacks that a run can have, by the names of the command line. */
public enum AttackKind {
    /** See {@link SilentAttacker}. */
    SILENT("answers PINGs, and nothing else") {
        @Override
        Attacker create(Conspiracy plot, Stream stream) {
            return new SilentAttacker();
        }
    },
    /** See {@link SlowAttacker}. */
    SLOW("answers after half a second to three seconds") {
        @Override
        Attacker create(Conspiracy plot, Stream stream) {
            return new SlowAttacker(stream);
        }
    },
    /** See {@link LiarAttacker}. */
    LIAR("answers with invented nodes, stores nothing") {
        @Override
        Attacker create(Conspiracy plot, Stream stream) {
            return new LiarAttacker(plot);
        }
    },
    /** See {@link PoisonAttacker}. */
    POISON("tells of real nodes at wrong addresses") {
        @Override
        Attacker create(Conspiracy plot, Stream stream) {
            return new PoisonAttacker(plot, stream);
        }
    },
    /** See {@link ReplayAttacker}. */
    REPLAY("sends the requests of others again, from its own address") {
        @Override
        Attacker create(Conspiracy plot, Stream stream) {
            return new ReplayAttacker(plot, stream);
        }
    },
    /** See {@link SybilAttacker}. */
    SYBIL("surrounds one key, from few networks, and denies that it exists", Disguise.AROUND_VICTIM) {
        @Override
        Attacker create(Conspiracy plot, Stream stream) {
            return new SybilAttacker(plot);
        }
    },
    /** See {@link StaleAttacker}. */
    STALE("serves the first record that it got, for ever") {
        @Override
        Attacker create(Conspiracy plot, Stream stream) {
            return new StaleAttacker();
        }
    },
    /** See {@link RecordFlood}. */
    RECORD_FLOOD("stores records of made-up identities everywhere") {
        @Override
        Attacker create(Conspiracy plot, Stream stream) {
            return new RecordFlood(plot, stream);
        }
    },
    /** See {@link AmplifyAttacker}. */
    AMPLIFY("asks in the name of a victim, who gets the answers") {
        @Override
        Attacker create(Conspiracy plot, Stream stream) {
            return new AmplifyAttacker(plot, stream);
        }
    },
    /** See {@link CrowdFlood}. */
    CROWD_FLOOD("fills a mailbox and a topic") {
        @Override
        Attacker create(Conspiracy plot, Stream stream) {
            return new CrowdFlood(plot, stream);
        }
    },
    /** See {@link GrinderAttacker}. */
    GRINDER("many of one network, with NodeIDs ground to be near one node, and silent", Disguise.AROUND_FIRST_NODE) {
        @Override
        Attacker create(Conspiracy plot, Stream stream) {
            return new GrinderAttacker();
        }
    };

    private final String description;
    private final Disguise disguise;

    AttackKind(String description) {
        this(description, Disguise.NONE);
    }

    AttackKind(String description, Disguise disguise) {
        this.description = description;
        this.disguise = disguise;
    }

    /** What it does, in a few words. */
    public String description() {
        return description;
    }

    /** Which keys and addresses such an attacker gets itself. */
    Disguise disguise() {
        return disguise;
    }

    /** An attacker of this kind, which draws from {@code stream}. */
    abstract Attacker create(Conspiracy plot, Stream stream);
}
