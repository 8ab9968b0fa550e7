package io.a2al.core;

import io.a2al.core.lookup.FindNodes;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.Failure;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Joins the network (node.md section 11): pings the seeds, looks up itself as soon as the first one answers, then looks
 * into every bucket up to its neighbourhood. While nobody is known, tries the seeds again, less and less often
 * (known-defects D-21). Not thread-safe.
 */
final class Joiner {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration MAX_RETRY = Duration.ofMinutes(5);
    private static final int SEEDS_PER_CALL = 4;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    private final NodeSettings.Lookups settings;
    private final Address self;
    private final NodeId selfId;
    private final RoutingTable table;
    private final Requests requests;
    private final LookupRunner lookups;
    private final Timers timers;
    private final RandomGenerator random;
    private final Outbox outbox;
    private Optional<Command.Bootstrap> latest = Optional.empty();

    /** Which seed is called for help next. */
    private int nextCalled;

    /** Seeds are being asked, or will be asked again after a pause. */
    private boolean trying;

    Joiner(
            NodeSettings.Lookups settings,
            Address self,
            NodeId selfId,
            RoutingTable table,
            Requests requests,
            LookupRunner lookups,
            Timers timers,
            RandomGenerator random,
            Outbox outbox) {
        this.settings = settings;
        this.self = self;
        this.selfId = selfId;
        this.table = table;
        this.requests = requests;
        this.lookups = lookups;
        this.timers = timers;
        this.random = random;
        this.outbox = outbox;
    }

    void bootstrap(Moment now, long operation, Command.Bootstrap command) {
        latest = Optional.of(command);
        new Attempt(command, Optional.of(operation), FIRST_RETRY).begin(now);
    }

    /** Tries the latest seeds again if nobody is known any more. */
    void rejoinIfAlone(Moment now) {
        if (table.size() == 0 && !trying) {
            latest.ifPresent(command -> new Attempt(command, Optional.empty(), FIRST_RETRY).begin(now));
        }
    }

    /** Pings a few of the latest seeds, others each time, to see whether anybody can be reached at all. */
    void callForHelp(Moment now) {
        List<Endpoint> seeds = latest.map(Command.Bootstrap::seeds).orElse(List.of());
        for (int i = 0; i < Math.min(seeds.size(), SEEDS_PER_CALL); i++) {
            Endpoint seed = seeds.get(Math.floorMod(nextCalled++, seeds.size()));
            requests.ask(now, seed, Optional.empty(), new Message.Ping(self), CALL_TIMEOUT, ReplyHandler.INDIFFERENT);
        }
    }

    /** Looks into every bucket up to the neighbourhood once. */
    private void fillBuckets(Moment now) {
        for (int i = 0; i <= table.deepestBucket(); i++) {
            NodeId target = table.randomIdIn(i, random);
            lookups.findNodes(now, target, new FindNodes(), settings.timeout(), (later, lookup) -> {});
        }
    }

    private final class Attempt {

        private final Command.Bootstrap command;
        private final Duration nextDelay;
        private Optional<Long> operation;
        private int answered;
        private int open;
        private boolean joining;

        Attempt(Command.Bootstrap command, Optional<Long> operation, Duration nextDelay) {
            this.command = command;
            this.operation = operation;
            this.nextDelay = nextDelay;
        }

        void begin(Moment now) {
            trying = true;
            for (Endpoint seed : command.seeds()) {
                ReplyHandler handler = new ReplyHandler() {
                    @Override
                    public void onReply(Moment later, Reply reply) {
                        open--;
                        answered++;
                        join(later);
                    }

                    @Override
                    public void onFailure(Moment later, Failure failure) {
                        open--;
                        // Another identity cannot happen, none being expected; so this seed is silent.
                        giveUpIfSilent(later);
                    }
                };
                boolean asked =
                        requests.ask(now, seed, Optional.empty(), new Message.Ping(self), command.timeout(), handler);
                open += asked ? 1 : 0;
            }
            giveUpIfSilent(now);
        }

        private void join(Moment now) {
            if (joining) {
                return;
            }
            joining = true;
            trying = false;
            boolean started = lookups.findNodes(now, selfId, new FindNodes(), settings.timeout(), (later, lookup) -> {
                report();
                fillBuckets(later);
            });
            if (!started) {
                report();
            }
        }

        private void giveUpIfSilent(Moment now) {
            if (open > 0 || joining) {
                return;
            }
            report();
            trying = !command.seeds().isEmpty();
            if (trying) {
                timers.schedule(now.nanos() + nextDelay.toNanos(), this::retry);
            }
        }

        private void retry(Moment now) {
            trying = false;
            if (table.size() == 0) {
                Duration doubled = nextDelay.multipliedBy(2);
                new Attempt(command, Optional.empty(), doubled.compareTo(MAX_RETRY) < 0 ? doubled : MAX_RETRY)
                        .begin(now);
            }
        }

        private void report() {
            operation.ifPresent(waiting -> outbox.complete(
                    waiting, new Outcome.Joined(answered, command.seeds().size(), table.size())));
            operation = Optional.empty();
        }
    }
}
