package io.a2al.core.membership;

import io.a2al.core.api.Failure;
import io.a2al.core.bounds.BoundedMap;
import io.a2al.core.guard.Guard;
import io.a2al.core.routing.ContactLearning;
import io.a2al.core.routing.ContactMemory;
import io.a2al.core.rpc.ReplyHandler;
import io.a2al.core.rpc.Requests;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;

/**
 * Walks the network at a fixed rate, so that the memory of contacts comes to hold all of it: asks the nearest contact
 * to a random place for nodes there, and each node that is named for its own neighbours. The neighbours of neighbours
 * alone would end at the first few nodes, which name each other. What it learns is in {@link ContactMemory}.
 * Repetitions count as requests. Bounded: nodes that peers name wait in a queue, and are left out when that is full.
 * Off at a rate of 0. Not thread-safe.
 */
public final class Roaming {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Nodes that wait to be asked; each answer names 16, most of them known already. */
    private static final int MAX_WAITING = 1024;

    /** Nodes whose attempt is remembered, so that those that do not answer are not asked each time they are named. */
    private static final int MAX_ATTEMPTS = 4096;

    private static final long BETWEEN_ATTEMPTS = Duration.ofMinutes(10).toNanos();

    /** A node that is named is asked again when its chance of being there has fallen to this, from 0 to 1. */
    private static final double DOUBTFUL = 0.75;

    private final int perSecond;
    private final NodeId self;
    private final ContactMemory memory;
    private final Requests requests;
    private final Guard guard;
    private final RandomGenerator random;
    private final Timers.Timer next;
    private final SequencedMap<NodeId, Contact> waiting = new LinkedHashMap<>();
    private final BoundedMap<NodeId, Long> attempts = new BoundedMap<>(MAX_ATTEMPTS);
    private int repetitions;

    /** Prepares to send this many requests a second. */
    public Roaming(
            int perSecond, NodeId self, ContactMemory memory, Requests requests, Guard guard, Clockwork clockwork) {
        this.perSecond = perSecond;
        this.self = self;
        this.memory = memory;
        this.requests = requests;
        this.guard = guard;
        this.random = clockwork.random();
        this.next = clockwork.timers().create(TimerName.ROAM, this::tick);
    }

    /** Schedules the first request; called once. */
    public void begin(NodeTime now) {
        if (perSecond > 0) {
            next.set(now.nanos() + SECOND / perSecond);
        }
    }

    private void tick(NodeTime now) {
        next.set(now.nanos() + SECOND / perSecond);
        if (repetitions > 0) {
            repetitions--;
        } else if (!requests.isOutageSuspected()) {
            Optional<Contact> named = nextNamed(now);
            if (named.isPresent()) {
                ask(now, named.get(), named.get().nodeId());
            } else {
                NodeId place = randomPlace();
                memory.nearest(place, 1, now.nanos(), contact -> true).forEach(contact -> ask(now, contact, place));
            }
        }
    }

    private Optional<Contact> nextNamed(NodeTime now) {
        while (!waiting.isEmpty()) {
            Contact contact = waiting.pollFirstEntry().getValue();
            if (isNews(now, contact)) {
                return Optional.of(contact);
            }
        }
        return Optional.empty();
    }

    private boolean isNews(NodeTime now, Contact contact) {
        Long attempt = attempts.get(contact.nodeId());
        return (attempt == null || now.nanos() - attempt >= BETWEEN_ATTEMPTS)
                && memory.chanceOf(contact.nodeId(), now.nanos()) < DOUBTFUL
                && !memory.isSilent(contact.nodeId(), now.nanos());
    }

    private NodeId randomPlace() {
        byte[] place = new byte[NodeId.LENGTH];
        random.nextBytes(place);
        return NodeId.read(place, 0);
    }

    private void ask(NodeTime now, Contact contact, NodeId place) {
        attempts.put(contact.nodeId(), now.nanos());
        Message question = new Message.FindNode(place);
        var _ = requests.ask(now, contact, question, new ReplyHandler() {
            private boolean attempted;

            @Override
            public boolean mayAttempt(NodeTime later) {
                boolean may = guard.mayAsk(later, contact, question);
                repetitions += attempted && may ? 1 : 0;
                attempted = true;
                return may;
            }

            @Override
            public void onReply(NodeTime later, Reply reply) {
                if (reply.message() instanceof Message.FindNodeResponse response) {
                    response.nodes().stream()
                            .filter(node ->
                                    ContactLearning.isUsable(node, reply.node().endpoint()))
                            .filter(node -> !node.nodeId().equals(self) && isNews(later, node))
                            .limit(MAX_WAITING - waiting.size())
                            .forEach(node -> waiting.putIfAbsent(node.nodeId(), node));
                }
            }

            @Override
            public void onFailure(NodeTime later, Failure failure) {
                // The memory knows already.
            }
        });
    }
}
