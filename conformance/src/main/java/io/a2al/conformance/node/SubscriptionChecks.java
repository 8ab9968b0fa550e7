package io.a2al.conformance.node;

import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Checks who is told of new records (wire.md 7.11; known-defects D-47). */
final class SubscriptionChecks implements CheckGroup {

    /** Subscriptions that nodes have room for at one key. */
    private static final int PLACES = 16;

    @Override
    public String name() {
        return "subscriptions";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        findings.add(
                PLACES + " identities at one address subscribe at a key",
                "do not take all places",
                prober.isOnLoopback() ? Observation.skippedOnLoopback() : crowd(prober));
    }

    /** Introduces many peers, so it runs late. */
    private static Observation crowd(Prober prober) throws IOException {
        ProbePeer publisher = prober.introducedPeer();
        Identity agent = Identity.generate(prober.random());
        NodeId key = agent.nodeId();
        RecordRequests.store(prober, publisher, Samples.endpoint(agent, 1, prober.now()));
        List<ProbePeer> subscribers = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            ProbePeer subscriber = prober.introducedPeer();
            subscribers.add(subscriber);
            prober.ask(subscriber, new Message.FindValue(key, 0, true));
        }
        prober.listen();
        RecordRequests.store(prober, publisher, Samples.endpoint(agent, 2, prober.now()));
        prober.await(() -> told(subscribers) == PLACES, prober.settings().timeout());
        int told = told(subscribers);
        if (told == 0) {
            return Observation.pass("none is told of a new record");
        }
        String text = told + " of " + PLACES + " are told of a new record";
        return told < PLACES ? Observation.pass(text) : Observation.knownDefect(text, "D-47");
    }

    private static int told(List<ProbePeer> subscribers) {
        return (int) subscribers.stream()
                .filter(subscriber -> subscriber.arrivals().stream()
                        .anyMatch(arrival -> arrival.message(Message.Push.class).isPresent()))
                .count();
    }
}
