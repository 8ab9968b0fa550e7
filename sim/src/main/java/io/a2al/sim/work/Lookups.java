package io.a2al.sim.work;

import io.a2al.core.Command;
import io.a2al.core.Outcome;
import io.a2al.core.lookup.LookupOptions;
import io.a2al.core.lookup.LookupReport;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.result.LookupSample;
import io.a2al.sim.result.Verdict;
import io.a2al.sim.world.NodeClock;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Has agents look for each other, at random times from random honest nodes, and judges the answers. Not thread-safe. */
public final class Lookups {

    private static final int TRIES = 100;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final World world;
    private final WorkSettings settings;
    private final Agents agents;
    private final Consumer<LookupSample> samples;
    private final Popularity popularity;
    private final Stream stream;

    /** Nothing is looked up before {@link #beginAt}; whatever comes of a lookup is handed to {@code samples}. */
    public Lookups(World world, WorkSettings settings, Agents agents, Consumer<LookupSample> samples) {
        this.world = world;
        this.settings = settings;
        this.agents = agents;
        this.samples = samples;
        this.popularity = new Popularity(agents.all().size(), settings.zipf());
        this.stream = world.streams().of(Purpose.LOOKUP, 0);
    }

    /** Begins at {@code from}, and begins nothing at {@code until} or later. */
    public void beginAt(long from, long until) {
        if (settings.lookupsPerMinute() > 0 && !agents.all().isEmpty()) {
            world.queue().at(from, () -> scheduleNext(until));
        }
    }

    private void scheduleNext(long until) {
        long next = world.now() + (long) stream.nextExponential(NANOS_PER_MINUTE / settings.lookupsPerMinute());
        if (next < until) {
            world.queue().at(next, () -> {
                begin();
                scheduleNext(until);
            });
        }
    }

    private void begin() {
        long unixSeconds = NodeClock.RIGHT.at(world.now()).unixSeconds();
        for (int i = 0; i < TRIES; i++) {
            Agent wanted = agents.all().get(popularity.draw(stream));
            SimNode asker = world.nodes().get(stream.nextBelow(world.nodes().size()));
            Optional<VerifiedRecord> expected = wanted.expectedAt(unixSeconds);
            if (expected.isPresent() && asker.isUp() && asker.isHonest() && asker != wanted.home()) {
                resolve(asker, wanted, expected.get());
                return;
            }
        }
    }

    private void resolve(SimNode asker, Agent wanted, VerifiedRecord expected) {
        long begun = world.now();
        LookupOptions options = LookupOptions.within(settings.lookupTimeout());
        asker.submit(
                new Command.FindRecords(wanted.key(), RecordType.ENDPOINT, Command.Want.NEWEST, options), outcome -> {
                    if (outcome instanceof Outcome.Records(List<VerifiedRecord> records, LookupReport report)) {
                        samples.accept(new LookupSample(
                                Duration.ofNanos(begun),
                                asker.index(),
                                wanted.number(),
                                judge(wanted, expected, records),
                                Duration.ofNanos(world.now() - begun),
                                report.hops(),
                                report.asked(),
                                report.answered()));
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
