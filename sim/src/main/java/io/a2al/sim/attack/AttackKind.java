package io.a2al.sim.attack;

import io.a2al.core.NodeSettings;
import io.a2al.core.republish.RepublishSettings;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.world.Attacker;
import java.time.Duration;

/** The kinds of attackers. Their names are those of the command line. */
public enum AttackKind {
    /** See {@link SilentAttacker}. */
    SILENT("answers only PINGs") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new SilentAttacker();
        }
    },
    /** See {@link SlowAttacker}. */
    SLOW("answers after half a second to three seconds") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new SlowAttacker(stream);
        }
    },
    /** See {@link LiarAttacker}. */
    LIAR("answers with fabricated nodes, stores nothing") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new LiarAttacker(shared);
        }
    },
    /** See {@link PoisonAttacker}. */
    POISON("answers with real nodes at wrong addresses") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new PoisonAttacker(shared, stream);
        }
    },
    /** See {@link ReplayAttacker}. */
    REPLAY("replays requests of other nodes from its own address") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new ReplayAttacker(shared, stream);
        }
    },
    /** See {@link SybilAttacker}. */
    SYBIL("surrounds one key from four networks and hides its record", Placement.AROUND_VICTIM) {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new SybilAttacker(shared);
        }
    },
    /** See {@link CensorAttacker}. */
    CENSOR("surrounds one key, hides its record, and names only accomplices", Placement.AROUND_VICTIM) {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new CensorAttacker(shared);
        }
    },
    /** See {@link StaleAttacker}. */
    STALE("always returns the first record that it got") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new StaleAttacker();
        }
    },
    /** See {@link RecordFlood}. */
    RECORD_FLOOD("stores records of fabricated identities everywhere") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new RecordFlood(shared, stream);
        }
    },
    /** See {@link AmplifyAttacker}. */
    AMPLIFY("sends requests from the address of a victim, which gets the responses") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new AmplifyAttacker(shared, stream);
        }
    },
    /** See {@link CrowdFlood}. */
    CROWD_FLOOD("fills a mailbox and a topic") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new CrowdFlood(shared, stream);
        }
    },
    /** See {@link GrinderAttacker}. */
    GRINDER("surrounds the first node from one network and answers only PINGs", Placement.AROUND_FIRST_NODE) {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new GrinderAttacker();
        }
    },
    /** See {@link HidingAttacker}. */
    HIDING("stores records, and hides relayed ones after two minutes, as nodes of v0.2.9 do") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new HidingAttacker();
        }

        @Override
        public NodeSettings settings(NodeSettings usual) {
            return usual.withRepublish(NO_REPUBLISHING);
        }
    },
    /** See {@link TopicFlood}. */
    TOPIC_FLOOD("fills a topic from many networks of one provider", Placement.ONE_PROVIDER) {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new TopicFlood(shared, stream);
        }
    },
    /** See {@link NearFlood}. */
    NEAR_FLOOD("fills all stores with topic entries at keys near their nodes", Placement.FOUR_NETWORKS) {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new NearFlood(shared, stream);
        }
    },
    /** See {@link ForgedFlood}. */
    FORGED_FLOOD("fills a mailbox and a topic from addresses of other machines") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new ForgedFlood(shared, stream);
        }
    },
    /** See {@link ForestallFlood}. */
    FORESTALL_FLOOD("stores topic entries of others first, from forged addresses, and fills the topic") {
        @Override
        Attacker create(SharedKnowledge shared, Stream stream) {
            return new ForestallFlood(shared, stream);
        }
    };

    /** Nodes of v0.2.9 do not republish what they hold for others. */
    private static final RepublishSettings NO_REPUBLISHING = new RepublishSettings(
            new RepublishSettings.Timing(
                    Duration.ofDays(365), Duration.ofDays(365), Duration.ofDays(365), Duration.ofDays(365)),
            RepublishSettings.DEFAULT.limits());

    private final String description;
    private final Placement placement;

    AttackKind(String description) {
        this(description, Placement.RANDOM);
    }

    AttackKind(String description, Placement placement) {
        this.description = description;
        this.placement = placement;
    }

    /** Returns a short description of the attack. */
    public String description() {
        return description;
    }

    /** Returns how attackers of this kind choose their keys and addresses. */
    Placement placement() {
        return placement;
    }

    /** Returns the settings of the node behind an attacker of this kind. */
    public NodeSettings settings(NodeSettings usual) {
        return usual;
    }

    /** Creates an attacker of this kind, which draws its random numbers from {@code stream}. */
    abstract Attacker create(SharedKnowledge shared, Stream stream);
}
