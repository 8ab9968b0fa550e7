package io.a2al.sim.work;

import io.a2al.core.NodeSettings;
import io.a2al.core.api.Command;
import io.a2al.core.api.Outcome;
import io.a2al.core.store.StoreLimits;
import io.a2al.protocol.message.MessageType;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.sim.engine.Purpose;
import io.a2al.sim.engine.Stream;
import io.a2al.sim.network.Datagram;
import io.a2al.sim.result.HostSummary;
import io.a2al.sim.world.Application;
import io.a2al.sim.world.EventListener;
import io.a2al.sim.world.SimEvent;
import io.a2al.sim.world.SimNode;
import io.a2al.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last of the nodes that all others join through, publishing for many agents, all of which it publishes at once.
 * Counts what that costs. Not thread-safe.
 */
public final class Hosting implements Application, EventListener {

    /** Number of the first of its agents in the random streams; the others' are below. */
    private static final long FIRST = 1L << 40;

    private static final int SAMPLED = 200;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private static final class Minute {
        private long renewals;
        private long stores;
        private long storeAnswers;
        private long others;
    }

    private final World world;
    private final HostLoad load;
    private final long ttlSeconds;
    private final SimNode host;
    private final Stream choice;
    private final List<Agent> agents = new ArrayList<>();
    private final Map<Long, Agent> publications = new HashMap<>();
    private final List<Minute> minutes = new ArrayList<>();
    private long from;
    private long until;
    private long sampled;
    private long replicas;
    private int fewest = Integer.MAX_VALUE;
    private long lost;

    /** Creates the agents. They publish nothing before {@link #beginAt}. */
    public Hosting(World world, WorkSettings settings) {
        this.world = world;
        this.load = settings.host();
        this.ttlSeconds = settings.publishing().ttl().toSeconds();
        this.host = world.nodes().get(world.seedNodes() - 1);
        this.choice = world.streams().of(Purpose.SAMPLE, 1);
        for (int i = 0; i < load.publications(); i++) {
            Stream stream = world.streams().of(Purpose.AGENT, FIRST + i);
            int number = settings.publishing().records() + i;
            agents.add(new Agent(number, world.crypto().newKeys(stream), host));
        }
    }

    /** Returns the settings of the host: there is room for its publications in its lists and its store. */
    public static NodeSettings settings(NodeSettings settings, int publications) {
        StoreLimits store = settings.store();
        StoreLimits.Quotas quotas = store.quotas();
        return settings.withPublish(settings.publish()
                        .withMaxPublications(
                                Math.max(settings.publish().limits().maxPublications(), publications)))
                .withStore(store.withMaxKeys(store.maxKeys() + publications)
                        .withQuotas(new StoreLimits.Quotas(
                                quotas.records() + publications,
                                quotas.recordsPerIdentity(),
                                quotas.recordsPerNetwork(),
                                quotas.reserved())));
    }

    /** Schedules publishing at {@code begin}, and an absence in the middle of the time from then to {@code end}. */
    public void beginAt(long begin, long end) {
        from = begin;
        until = end;
        if (load.publications() == 0) {
            return;
        }
        world.queue().at(begin, () -> agents.forEach(this::publish));
        if (!load.absence().isZero()) {
            long middle = begin + (end - begin) / 2;
            world.queue().at(middle, host::shutDown);
            world.queue().at(middle + load.absence().toNanos(), () -> host.start(world.seedsFor(host)));
        }
    }

    private void publish(Agent agent) {
        VerifiedRecord record = agent.signNext(ttlSeconds);
        long publication =
                host.submit(new Command.Publish(agent.key(), record), outcome -> onStored(agent, record, outcome));
        publications.put(publication, agent);
    }

    private static void onStored(Agent agent, VerifiedRecord record, Outcome outcome) {
        if (outcome instanceof Outcome.Stored stored && stored.replicas() > 0) {
            agent.markStored(record);
        }
    }

    @Override
    public void onRenewalDue(SimNode node, long publication) {
        Agent agent = node == host ? publications.get(publication) : null;
        if (agent != null) {
            minute().ifPresent(now -> now.renewals++);
            VerifiedRecord next = agent.signNext(ttlSeconds);
            node.submit(new Command.Renew(publication, next), outcome -> onStored(agent, next, outcome));
        }
    }

    @Override
    public void onHeard(SimNode node, long listener, VerifiedRecord record) {
        // Its agents do not listen.
    }

    /** The host publishes everything again. */
    @Override
    public void onStarted(SimNode node) {
        if (node == host && world.now() >= from && !publications.isEmpty()) {
            publications.clear();
            agents.forEach(this::publish);
        }
    }

    // ---- what it costs ----------------------------------------------------------------------------------------

    @Override
    public void onEvent(SimEvent event) {
        if (event.participant() != host.index()) {
            return;
        }
        switch (event) {
            case SimEvent.Sent sent -> count(sent.datagram(), true);
            case SimEvent.Arrived arrived -> count(arrived.datagram(), false);
            default -> {
                // Other events are not about datagrams.
            }
        }
    }

    private void count(Datagram datagram, boolean isSent) {
        Optional<Minute> now = minute();
        Optional<MessageType> type = datagram.type();
        if (now.isEmpty() || type.isEmpty()) {
            return;
        }
        if (type.get() == MessageType.STORE && isSent) {
            now.get().stores++;
        } else if (type.get() == MessageType.STORE_RESPONSE && !isSent) {
            now.get().storeAnswers++;
        } else if (type.get().isResponse() != isSent) {
            now.get().others++;
        }
    }

    /** Returns the present minute; empty outside of the time that counts. */
    private Optional<Minute> minute() {
        if (world.now() < from || world.now() >= until || load.publications() == 0) {
            return Optional.empty();
        }
        int index = (int) ((world.now() - from) / MINUTE);
        while (minutes.size() <= index) {
            minutes.add(new Minute());
        }
        return Optional.of(minutes.get(index));
    }

    /** Counts the replicas of a random sample of its records. */
    public void sample() {
        boolean counts =
                world.now() >= from + Duration.ofSeconds(ttlSeconds / 2).toNanos() && world.now() < until;
        for (int i = 0; i < Math.min(SAMPLED, agents.size()) && counts; i++) {
            Agent agent = agents.get(choice.nextBelow(agents.size()));
            if (agent.expectedAt(host.now().unixSeconds()).isPresent()) {
                int others = world.replicasOf(agent.key()) - (host.holds(agent.key()) ? 1 : 0);
                sampled++;
                replicas += others;
                fewest = Math.min(fewest, others);
                lost += others == 0 ? 1 : 0;
            }
        }
    }

    /** Returns what it did; empty without such a node. */
    public Optional<HostSummary> summary() {
        if (agents.isEmpty()) {
            return Optional.empty();
        }
        int half = (int)
                Math.min(minutes.size(), ttlSeconds / 2 / Duration.ofMinutes(1).toSeconds());
        return Optional.of(new HostSummary(
                agents.size(),
                span(minutes.subList(0, half)),
                span(minutes.subList(half, minutes.size())),
                new HostSummary.Replicas(
                        sampled, sampled == 0 ? 0 : (double) replicas / sampled, sampled == 0 ? 0 : fewest, lost)));
    }

    private static HostSummary.Span span(List<Minute> part) {
        return new HostSummary.Span(
                part.size(),
                part.stream().mapToLong(minute -> minute.renewals).sum(),
                part.stream()
                        .mapToLong(minute -> minute.stores + minute.storeAnswers)
                        .sum(),
                part.stream().mapToLong(minute -> minute.others).sum(),
                part.stream().mapToLong(minute -> minute.stores).max().orElse(0));
    }
}
