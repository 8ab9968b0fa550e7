package io.a2al.conformance.node;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.record.SignedRecord;
import java.io.IOException;
import java.util.Optional;

/** Checks that records from unverified addresses do not evict those of verified ones (known-defects D-26). */
final class UnverifiedSenderChecks implements CheckGroup {

    /** Notes from as many identities; more than the 50 that nodes keep in a mailbox. */
    private static final int NOTES = 60;

    /** Seconds; the note that is to survive is the earliest, and so the first that a node without the limit evicts. */
    private static final long EARLIER = 10;

    @Override
    public String name() {
        return "unverified senders";
    }

    @Override
    public void run(Prober prober, Findings findings) throws IOException {
        String flood = NOTES + " notes from unverified addresses after ";
        findings.add(flood + "one from a verified address", "the one is held", judge(prober, false));
        findings.add(
                flood + "one that a third party stored before its sender did", "the one is held", judge(prober, true));
    }

    private static Observation judge(Prober prober, boolean thirdPartyFirst) throws IOException {
        return prober.isOnLoopback() ? Observation.skippedOnLoopback() : survives(prober, thirdPartyFirst);
    }

    /**
     * Fills a mailbox after a verified peer stored a note there.
     *
     * @param thirdPartyFirst true to renew the note, where a peer at an unverified address stores the renewal first
     */
    private static Observation survives(Prober prober, boolean thirdPartyFirst) throws IOException {
        ProbePeer sender = prober.verifiedPeer();
        ProbePeer unverified = prober.newPeer();
        Identity recipient = Identity.generate(prober.random());
        NodeId key = recipient.nodeId();
        Bytes payload = Samples.noteTo(recipient, sender.identity(), prober.random());
        SignedRecord note = Samples.note(sender.identity(), payload, 1, prober.now() - EARLIER);
        boolean stored = store(prober, sender, key, note);
        if (thirdPartyFirst) {
            note = Samples.note(sender.identity(), payload, 2, prober.now() - EARLIER);
            boolean byThirdParty = store(prober, unverified, key, note);
            stored = stored && byThirdParty;
            RecordRequests.store(prober, sender, note, Optional.of(key));
        }
        if (!stored) {
            return Observation.fail("the note was not stored");
        }
        for (int i = 0; i < NOTES; i++) {
            Identity other = Identity.generate(prober.random());
            Bytes its = Samples.noteTo(recipient, other, prober.random());
            SignedRecord another = Samples.note(other, its, 1, prober.now());
            prober.send(unverified.as(other), new Message.Store(another, Optional.of(key)));
        }
        prober.listen();
        return RecordRequests.isAmong(prober, sender, key, note)
                ? Observation.pass("held")
                : Observation.knownDefect("evicted", "D-26");
    }

    private static boolean store(Prober prober, ProbePeer peer, NodeId key, SignedRecord note) throws IOException {
        return RecordRequests.store(prober, peer, note, Optional.of(key)).orElse(false);
    }
}
