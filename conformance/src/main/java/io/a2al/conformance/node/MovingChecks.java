package io.a2al.conformance.node;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks what the node tells of contacts that come back at another port, and of contacts that are gone (node.md 5;
 * known-defects D-01, D-21).
 */
final class MovingChecks implements CheckGroup {

    /** Time between two requests of a contact that moved. */
    private static final Duration STEP = Duration.ofSeconds(5);

    /** Number of such requests while the old address is silent; they take a minute. */
    private static final int STEPS = 12;

    /** Number of such requests while the old address still answers: a node that moves a contact does so at once. */
    private static final int STEPS_WITH_ANSWERS = 3;

    /** Time between two looks at a contact that is gone. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    /** Number of looks; they take ten minutes. */
    private static final int LOOKS = 40;

    @Override
    public String name() {
        return "moving";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        ProbePeer asker = prober.verifiedPeer();
        Optional<NodeId> self = Listings.self(prober, asker);
        if (self.isEmpty()) {
            findings.add("PING", "answered", Observation.fail("no answer"));
            return;
        }
        // One contact for all checks: nodes have few places for contacts of one network.
        ProbePeer contact =
                prober.introduce(prober.newPeer(Samples.sharing(Samples.NEAR + 2, self.get(), prober.random())));
        if (Listings.find(prober, asker, contact.identity().nodeId()).isEmpty()) {
            findings.add("a contact that answered", "told", Observation.fail("not told"));
            return;
        }
        ProbePeer elsewhere = prober.newPeer(contact.identity());
        elsewhere.answerPings();
        findings.add(
                "a contact asks from another port and answers at the old one, too",
                "told at the old port",
                stayed(prober, asker, elsewhere));
        contact.ignorePings();
        findings.add(
                "a contact asks from another port and is silent at the old one",
                "told at the new port within a minute",
                moved(prober, asker, elsewhere));
        elsewhere.ignorePings();
        findings.add(
                "a contact that answers no longer (takes up to 10 minutes)",
                "not told after 10 minutes",
                prober.settings().longChecks()
                        ? gone(prober, asker, contact.identity().nodeId())
                        : Observation.skipped("not asked for: it takes up to 10 minutes"));
    }

    private static Observation stayed(Prober prober, ProbePeer asker, ProbePeer elsewhere) throws IOException {
        NodeId contact = elsewhere.identity().nodeId();
        Optional<Endpoint> old = Listings.find(prober, asker, contact);
        for (int i = 0; i < STEPS_WITH_ANSWERS; i++) {
            prober.send(elsewhere, new Message.Ping(elsewhere.identity().address()));
            prober.pause(STEP);
            Optional<Endpoint> told = Listings.find(prober, asker, contact);
            if (told.isEmpty()) {
                return Observation.fail("no longer told");
            }
            if (!told.equals(old)) {
                return Observation.knownDefect("told at the other port", "D-01");
            }
        }
        return Observation.pass("told at the old port");
    }

    private static Observation moved(Prober prober, ProbePeer asker, ProbePeer elsewhere) throws IOException {
        Message ping = new Message.Ping(elsewhere.identity().address());
        Optional<Endpoint> seenAs =
                prober.ask(elsewhere, ping, Message.Pong.class).map(Message.Pong::observed);
        for (int i = 0; i < STEPS; i++) {
            prober.send(elsewhere, ping);
            prober.pause(STEP);
            Optional<Endpoint> told =
                    Listings.find(prober, asker, elsewhere.identity().nodeId());
            if (told.isPresent() && told.equals(seenAs)) {
                return Observation.pass(
                        "at the new port after " + STEP.multipliedBy(i + 1L).toSeconds() + " s");
            }
        }
        return Observation.fail(
                "at the old port or nowhere after " + STEP.multipliedBy(STEPS).toSeconds() + " s");
    }

    private static Observation gone(Prober prober, ProbePeer asker, NodeId contact) throws IOException {
        for (int i = 0; i < LOOKS; i++) {
            prober.pause(LOOK);
            if (Listings.find(prober, asker, contact).isEmpty()) {
                return Observation.pass(
                        "not told after " + LOOK.multipliedBy(i + 1L).toSeconds() + " s");
            }
        }
        return Observation.knownDefect("still told", "D-21");
    }
}
