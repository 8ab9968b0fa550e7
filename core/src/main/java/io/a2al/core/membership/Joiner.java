package io.a2al.core.membership;

import io.a2al.core.api.Command;
import io.a2al.core.api.Failure;
import io.a2al.core.api.Outcome;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.liveness.PeerHealth;
import io.a2al.core.lookup.LookupRunner;
import io.a2al.core.routing.Peers;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/**
 * Joins the network (node.md section 11): pings the seeds, looks up its own neighbourhood as soon as the first seed
 * answers, then looks into every bucket outside that neighbourhood. While few contacts answer, it joins again through
 * all seeds ever given, less and less often; if none of them answers, it asks the shell for more (known-defects D-21).
 * Not thread-safe.
 */
public final class Joiner {

    private final MembershipSettings.Joining settings;
    private final Address self;
    private final RoutingTable table;
    private final PeerHealth health;
    private final Requests requests;
    private final LookupRunner lookups;
    private final Timers.Timer retry;
    private final RandomGenerator random;
    private final Outbox outbox;

    /** Seeds given so far and the identity expected at each, if any; the seed tried longest ago comes first. */
    private final SequencedMap<Endpoint, Optional<NodeId>> seeds = new LinkedHashMap<>();

    /** The attempts that the application waits for, by operation. */
    private final Map<Long, Attempt> awaited = new HashMap<>();

    /** Attempts under way none of whose seeds has answered yet. */
    private int undecided;

    private Duration nextDelay;
    private long rejoins;

    public Joiner(
            MembershipSettings.Joining settings,
            Address self,
            Peers peers,
            Requests requests,
            LookupRunner lookups,
            Clockwork clockwork,
            Outbox outbox) {
        this.settings = settings;
        this.self = self;
        this.table = peers.table();
        this.health = peers.health();
        this.requests = requests;
        this.lookups = lookups;
        this.retry = clockwork.timers().create(TimerName.JOIN, this::rejoinIfFew);
        this.random = clockwork.random();
        this.outbox = outbox;
        this.nextDelay = settings.retries().first();
    }

    /** Joins through the given seeds; the operation completes with {@link Outcome.Joined}. */
    public void bootstrap(NodeTime now, long operation, Command.Bootstrap command) {
        SequencedMap<Endpoint, Optional<NodeId>> given = new LinkedHashMap<>();
        command.contacts().forEach(contact -> given.put(contact.endpoint(), Optional.of(contact.nodeId())));
        command.seeds().forEach(seed -> given.putIfAbsent(seed, Optional.empty()));
        given.forEach(this::remember);
        Attempt attempt = new Attempt(given.size(), Optional.of(operation));
        awaited.put(operation, attempt);
        attempt.begin(now, given, command.timeout());
    }

    /**
     * Ends this bootstrap without an outcome; nothing happens if it is over already. Its seeds stay remembered, for
     * when the node joins by itself.
     */
    public void cancel(long operation) {
        Attempt attempt = awaited.remove(operation);
        if (attempt != null) {
            attempt.cancel();
        }
    }

    private void remember(Endpoint seed, Optional<NodeId> expected) {
        seeds.putLast(seed, expected);
        if (seeds.size() > settings.maxSeeds()) {
            seeds.pollFirstEntry();
        }
    }

    /** Joins again if few contacts answer and no attempt is under way or scheduled. */
    void rejoinIfFew(NodeTime now) {
        if (undecided == 0 && !retry.isScheduled() && knowsFew(now)) {
            rejoin(now);
        }
    }

    /** Pings {@code count} seeds, other ones each time, to see whether any node can be reached. */
    void pingSeeds(NodeTime now, int count) {
        nextSeeds(count)
                .forEach((seed, expected) -> requests.ask(
                        now, seed, expected, new Message.Ping(self), requests.timeout(), ReplyHandler.INDIFFERENT));
    }

    /** Takes the seeds tried longest ago, which become those tried last. */
    private SequencedMap<Endpoint, Optional<NodeId>> nextSeeds(int count) {
        SequencedMap<Endpoint, Optional<NodeId>> next = new LinkedHashMap<>();
        seeds.entrySet().stream().limit(count).forEach(seed -> next.put(seed.getKey(), seed.getValue()));
        next.forEach(this::remember);
        return next;
    }

    private boolean knowsFew(NodeTime now) {
        return table.contacts().stream()
                        .filter(contact -> health.stateOf(contact.nodeId(), now.nanos()) == PeerHealth.State.GOOD)
                        .limit(settings.fewPeers())
                        .count()
                < settings.fewPeers();
    }

    private void rejoin(NodeTime now) {
        rejoins++;
        scheduleRetry(now);
        SequencedMap<Endpoint, Optional<NodeId>> next = nextSeeds(settings.seedsPerAttempt());
        new Attempt(next.size(), Optional.empty()).begin(now, next, requests.timeout());
    }

    /** Schedules an attempt unless one is scheduled, so that attempts do not multiply. */
    private void scheduleRetry(NodeTime now) {
        if (retry.isScheduled()) {
            return;
        }
        retry.set(now.nanos() + nextDelay.toNanos());
        Duration doubled = nextDelay.multipliedBy(2);
        Duration limit = settings.retries().longest();
        nextDelay = doubled.compareTo(limit) < 0 ? doubled : limit;
    }

    /** Looks once into every bucket that the lookup of our own neighbourhood has not filled. */
    private void fillBuckets(NodeTime now) {
        for (int i = 0; i <= table.lastToRefresh(); i++) {
            lookups.visit(now, table.randomIdIn(i, random));
        }
    }

    /** Returns how many seeds are remembered. */
    Occupancy seeds() {
        return new Occupancy(seeds.size(), settings.maxSeeds());
    }

    /** Returns how often the node joined again by itself since the start. */
    long rejoins() {
        return rejoins;
    }

    private final class Attempt {

        private final int asked;
        private final ReplyHandler replies = new ReplyHandler() {
            @Override
            public void onReply(NodeTime now, Reply reply) {
                open--;
                answered++;
                join(now);
            }

            @Override
            public void onFailure(NodeTime now, Failure failure) {
                open--;
                endIfUnanswered(now);
            }
        };
        private final LookupRunner.Completion joined = (now, lookup) -> {
            report();
            fillBuckets(now);
            if (!knowsFew(now)) {
                nextDelay = settings.retries().first();
            }
        };
        private Optional<Long> operation;
        private int answered;
        private int open;
        private boolean joining;

        Attempt(int asked, Optional<Long> operation) {
            this.asked = asked;
            this.operation = operation;
        }

        void begin(NodeTime now, SequencedMap<Endpoint, Optional<NodeId>> given, Duration timeout) {
            undecided++;
            given.forEach((seed, expected) ->
                    open += requests.ask(now, seed, expected, new Message.Ping(self), timeout, replies) ? 1 : 0);
            endIfUnanswered(now);
        }

        void cancel() {
            operation = Optional.empty();
            requests.abandon(replies);
            if (joining) {
                lookups.cancel(joined);
            } else {
                undecided--;
            }
        }

        private void join(NodeTime now) {
            if (joining) {
                return;
            }
            joining = true;
            undecided--;
            if (!lookups.findNeighbours(now, joined)) {
                report();
            }
        }

        private void endIfUnanswered(NodeTime now) {
            if (open > 0 || joining) {
                return;
            }
            // This happens once: no request is open that could lead here again.
            undecided--;
            boolean startedByNode = operation.isEmpty();
            report();
            if (asked > 0) {
                scheduleRetry(now);
            }
            if (startedByNode) {
                outbox.seedsWanted();
            }
        }

        private void report() {
            operation.ifPresent(waiting -> {
                awaited.remove(waiting);
                outbox.complete(waiting, new Outcome.Joined(answered, asked, table.size()));
            });
            operation = Optional.empty();
        }
    }
}
