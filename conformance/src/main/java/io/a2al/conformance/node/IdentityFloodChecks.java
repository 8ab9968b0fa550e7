package io.a2al.conformance.node;

import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Message;
import java.io.IOException;

/**
 * Checks that the node answers a known peer while many new identities send requests (known-defects D-03). The verdict
 * depends on the share of answered requests, not on time. This group must be the last one, because a node with the
 * defect answers nothing for minutes afterwards: three seconds for each new identity in a full bucket.
 */
final class IdentityFloodChecks implements CheckGroup {

    /** Number of new identities between two requests of the known peer. */
    private static final int BETWEEN = 10;

    /** Minimum share of answered requests; less than 1, because datagrams get lost. */
    private static final double MIN_ANSWERED = 0.9;

    /** Maximum number of requests afterwards. */
    private static final int MAX_REQUESTS_AFTERWARDS = 3;

    @Override
    public String name() {
        return "identity flood";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        ProbePeer known = prober.introducedPeer();
        ProbePeer sharedAddress = prober.newPeer();
        int newIdentities = prober.settings().newIdentities();
        int asked = 0;
        int answered = 0;
        for (int i = 0; i < newIdentities; i++) {
            // All identities share one address, as behind a NAT. Each sends a PING and does not wait for the answer.
            Identity identity = Identity.generate(prober.random());
            ProbePeer sender = sharedAddress.as(identity);
            prober.send(sender, new Message.Ping(identity.address()));
            if (i % BETWEEN == BETWEEN - 1) {
                asked++;
                answered += prober.ask(known, new Message.Ping(known.identity().address()))
                                .isPresent()
                        ? 1
                        : 0;
            }
        }
        double share = asked == 0 ? 1 : (double) answered / asked;
        String text = answered + " of " + asked + " answered";
        boolean stalled = share < MIN_ANSWERED;
        findings.add(
                "PINGs of a known peer during " + newIdentities + " of new ones",
                "answered",
                stalled ? Observation.knownDefect(text, "D-03") : Observation.pass(text));
        findings.add("a PING afterwards", "answered", afterwards(stalled, answersAfterwards(prober, known)));
    }

    /** Judges the PING afterwards. A node that stalled during the flood still does; another one must answer. */
    static Observation afterwards(boolean stalled, boolean answered) {
        if (answered) {
            return Observation.pass("answered");
        }
        return stalled ? Observation.knownDefect("no answer yet", "D-03") : Observation.fail("no answer");
    }

    private static boolean answersAfterwards(Prober prober, ProbePeer known) throws IOException {
        for (int i = 0; i < MAX_REQUESTS_AFTERWARDS; i++) {
            if (prober.ask(known, new Message.Ping(known.identity().address())).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
