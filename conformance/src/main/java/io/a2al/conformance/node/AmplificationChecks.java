package io.a2al.conformance.node;

import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import java.io.IOException;
import java.util.Locale;

/** How much does it send to who has not proven its address? (known-defects D-04) */
final class AmplificationChecks implements CheckGroup {

    private static final int QUESTIONS = 5;
    private static final double BOUND = 3;

    /** The longest datagram over the shortest FIND_NODE. */
    private static final double OLDER_BOUND = 7.1;

    @Override
    public String name() {
        return "amplification";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        // Something to amplify: contacts and records.
        Member member = prober.resident();
        NodeId key = member.identity().nodeId();
        Records.store(prober, member, Samples.endpoint(member.identity(), 1, Prober.now()));
        Records.store(prober, member, Samples.profile(member.identity()));
        findings.add("FIND_NODE of a stranger", expected(), flood(prober, new Message.FindNode(key)));
        findings.add("FIND_VALUE of a stranger", expected(), flood(prober, new Message.FindValue(key, 0, false)));
        Member pinging = prober.stranger();
        findings.add(
                "one PING of a stranger",
                expected(),
                flood(prober, pinging, new Message.Ping(pinging.identity().address()), 1));
    }

    private static String expected() {
        return "at most three times what was sent";
    }

    private static Seen flood(Prober prober, Message question) throws IOException {
        return flood(prober, prober.stranger(), question, QUESTIONS);
    }

    private static Seen flood(Prober prober, Member stranger, Message question, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            prober.send(stranger, question);
        }
        prober.listen();
        double factor = (double) stranger.bytesReceived() / stranger.bytesSent();
        String text = String.format(
                Locale.ROOT, "%.1f times, %d bytes for %d", factor, stranger.bytesReceived(), stranger.bytesSent());
        if (factor <= BOUND) {
            return Seen.of(factor > 0, text);
        }
        return factor <= OLDER_BOUND ? Seen.known(text, "D-04") : Seen.bad(text);
    }
}
