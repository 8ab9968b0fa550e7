package io.a2al.sim.work;

import io.a2al.core.api.Command;
import io.a2al.core.api.LookupOptions;
import io.a2al.core.api.LookupReport;
import io.a2al.core.api.Outcome;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.result.LookupSample;
import io.a2al.sim.result.Verdict;
import io.a2al.sim.world.NodeClock;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes lookups for records of agents, at random times from random honest nodes, and judges their results. Each result
 * is emitted as {@link SimEvent.Judged}. Not thread-safe.
 */
public final class Lookups {

    /** Time over which the lookups of {@link #lookUpAllAt} are spread. */
    public static final Duration LOOKING_UP_ALL = Duration.ofSeconds(30);

    /** Attempts to find a node that is up and a record that is stored, before a lookup is skipped. */
    private static final int TRIES = 100;

    /** Nodes from which {@link #lookUpAllAt} looks up each record. */
    private static final int SAMPLED_ASKERS = 10;

    /** Maximum number of records that {@link #lookUpAllAt} looks up. */
    private static final int SAMPLED_RECORDS = 100;

    private static final double NANOS_PER_MINUTE = 60e9;

    private final World world;
    private final WorkSettings settings;
    private final Agents agents;
    private final Popularity popularity;
    private final Stream stream;

    /** Creates the lookups of a world. None is made before {@link #beginAt}. */
    public Lookups(World world, WorkSettings settings, Agents agents) {
        this.world = world;
        this.settings = settings;
        this.agents = agents;
        this.popularity = new Popularity(agents.all().size(), settings.lookups().zipf());
        this.stream = world.streams().of(Purpose.LOOKUP, 0);
    }

    /** Schedules lookups that begin between {@code from} and {@code until}, in nanoseconds of virtual time. */
    public void beginAt(long from, long until) {
        if (settings.lookups().perMinute() > 0 && !agents.all().isEmpty()) {
            world.queue().at(from, () -> scheduleNext(until));
        }
    }

    private void scheduleNext(long until) {
        long next = world.now()
                + (long) stream.nextExponential(
                        NANOS_PER_MINUTE / settings.lookups().perMinute());
        if (next < until) {
            world.queue().at(next, () -> {
                begin();
                scheduleNext(until);
            });
        }
    }

    private void begin() {
        for (int i = 0; i < TRIES; i++) {
            Agent wanted = agents.all().get(popularity.draw(stream));
            SimNode asker = world.nodes().get(stream.nextBelow(world.nodes().size()));
            if (expected(wanted).isPresent() && canAsk(asker, wanted)) {
                resolve(asker, wanted, false);
                return;
            }
        }
    }

    /**
     * Schedules lookups for every record, or for a sample if there are many, from several nodes. They are different
     * nodes and take turns. If one node made many lookups within seconds, it would lose datagrams on its own slow link.
     */
    public void lookUpAllAt(long from) {
        world.queue().at(from, () -> {
            List<SimNode> candidates = new ArrayList<>(world.nodes().stream()
                    .filter(node -> node.isUp() && node.isHonest())
                    .toList());
            List<SimNode> askers = new ArrayList<>();
            for (int i = 0; i < SAMPLED_ASKERS && !candidates.isEmpty(); i++) {
                askers.add(candidates.remove(stream.nextBelow(candidates.size())));
            }
            boolean all = agents.all().size() <= SAMPLED_RECORDS;
            List<Runnable> lookups = new ArrayList<>();
            for (int i = 0; i < Math.min(SAMPLED_RECORDS, agents.all().size()); i++) {
                for (SimNode asker : askers) {
                    int number = all ? i : stream.nextBelow(agents.all().size());
                    Agent wanted = agents.all().get(number);
                    lookups.add(() -> resolveIfPossible(asker, wanted));
                }
            }
            for (int i = 0; i < lookups.size(); i++) {
                world.queue().after(LOOKING_UP_ALL.toNanos() * i / lookups.size(), lookups.get(i));
            }
        });
    }

    private void resolveIfPossible(SimNode asker, Agent wanted) {
        if (expected(wanted).isPresent() && canAsk(asker, wanted)) {
            resolve(asker, wanted, true);
        }
    }

    private Optional<VerifiedRecord> expected(Agent wanted) {
        return wanted.expectedAt(NodeClock.RIGHT.at(world.now()).unixSeconds());
    }

    private static boolean canAsk(SimNode asker, Agent wanted) {
        return asker.isUp() && asker.isHonest() && asker != wanted.home();
    }

    private void resolve(SimNode asker, Agent wanted, boolean settled) {
        long begun = world.now();
        VerifiedRecord expected = expected(wanted).orElseThrow();
        LookupOptions options = LookupOptions.within(settings.lookups().timeout());
        Command.Want want = Command.Want.of(settings.lookups().freshness());
        asker.submit(new Command.FindRecords(wanted.key(), RecordType.ENDPOINT, want, options), outcome -> {
            if (outcome instanceof Outcome.Records(List<VerifiedRecord> records, LookupReport report)) {
                LookupSample sample = new LookupSample(
                        Duration.ofNanos(begun),
                        asker.index(),
                        wanted.number(),
                        judge(wanted, expected, records),
                        Duration.ofNanos(world.now() - begun),
                        new LookupSample.Cost(report.hops(), report.asked(), report.answered(), report.surrounded()));
                world.emit(new SimEvent.Judged(world.now(), asker.index(), sample, settled));
            }
        });
    }

    private static Verdict judge(Agent wanted, VerifiedRecord expected, List<VerifiedRecord> found) {
        Optional<VerifiedRecord> newest = found.stream()
                .filter(record -> record.record().address().equals(wanted.address()))
                .findFirst();
        if (newest.isEmpty()) {
            return Verdict.MISSING;
        }
        if (!wanted.hasSigned(newest.get().record())) {
            return Verdict.FORGED;
        }
        boolean stale = newest.get().record().sequence() < expected.record().sequence();
        return stale ? Verdict.STALE : Verdict.RIGHT;
    }
}
