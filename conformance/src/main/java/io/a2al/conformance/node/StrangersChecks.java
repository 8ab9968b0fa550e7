package io.a2al.conformance.node;

import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.message.Message;
import java.io.IOException;

/**
 * Does it go on answering while many new identities come? (known-defects D-03) Judged by the share of what is answered
 * at all. Must be the last group: an older node is deaf for seconds afterwards.
 */
final class StrangersChecks implements CheckGroup {

    /** New identities between two questions of somebody known. */
    private static final int BETWEEN = 10;

    /** Datagrams get lost, but not many. */
    private static final double WANTED = 0.9;

    /** An older node waits three seconds for each newcomer to a full bucket. */
    private static final int PATIENCE = 60;

    @Override
    public String name() {
        return "strangers";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        Member known = prober.resident();
        Member crowd = prober.stranger();
        int strangers = prober.settings().strangers();
        int asked = 0;
        int answered = 0;
        for (int i = 0; i < strangers; i++) {
            // Many identities behind one address, as behind a NAT: a PING of each, none of them waits for an answer.
            Identity identity = Identity.generate(prober.random());
            Member newcomer = new Member(identity, crowd.channel(), crowd.local());
            prober.send(newcomer, new Message.Ping(identity.address()));
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
        findings.add(
                strangers + " new identities",
                "a known one is answered meanwhile",
                share >= WANTED ? Seen.good(text) : Seen.known(text, "D-03"));
        findings.add(
                "afterwards", "a PING is answered", Seen.of(answersAfterwards(prober, known), "answered", "silence"));
    }

    private static boolean answersAfterwards(Prober prober, Member known) throws IOException {
        for (int i = 0; i < PATIENCE; i++) {
            if (prober.ask(known, new Message.Ping(known.identity().address())).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
