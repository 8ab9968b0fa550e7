package io.a2al.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.LookupReport;
import io.a2al.core.guard.SubnetShare;
import io.a2al.core.lookup.LookupSettings.Parallelism;
import io.a2al.core.testing.TestRecords;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.record.Topics;
import io.a2al.protocol.record.VerifiedRecord;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A lookup that a test steps by hand, and the nodes that it may meet. */
abstract class SteppedLookup {

    static final NodeId SELF = Fixtures.A.nodeId();
    static final NodeId TARGET = Topics.keyOf("target");
    static final long MS = Duration.ofMillis(1).toNanos();
    static final long PATIENCE = 400 * MS;
    static final long TIMEOUT = 10_000 * MS;
    static final int ALPHA = 3;
    static final int WIDTH = 4;
    static final int MAX_CANDIDATES = 20;
    static final LookupPlan PLAN = plan(new Parallelism(ALPHA, ALPHA), 0, 1);

    static LookupPlan plan(Parallelism parallelism, long stagger, int paths) {
        return new LookupPlan(
                parallelism,
                new LookupPlan.Pace(PATIENCE, stagger),
                new LookupPlan.Breadth(WIDTH, MAX_CANDIDATES, paths),
                SubnetShare.NONE,
                LookupSettings.Repetition.DEFAULT);
    }

    /** All nodes there are, nearest to the target first. */
    final List<Contact> nodes = nodes(40);

    long now = -5_000 * MS;
    Lookup lookup = lookup(new FindNodes(), nodes.subList(0, 6));

    static List<Contact> nodes(int count) {
        RandomGenerator random = new SplittableRandom(1);
        List<Contact> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] address = Fixtures.random(random, Address.LENGTH).toArray();
            address[0] = (byte) Address.NATIVE;
            all.add(Contact.of(Address.of(Bytes.copyOf(address)), Fixtures.ipv4("cb007107", 1000 + i)));
        }
        all.sort((a, b) -> TARGET.compareDistance(a.nodeId(), b.nodeId()));
        return all;
    }

    Lookup lookup(Goal goal, List<Contact> seeds) {
        return lookup(PLAN, goal, seeds);
    }

    Lookup lookup(LookupPlan plan, Goal goal, List<Contact> seeds) {
        return new Lookup(plan, SELF, TARGET, goal, seeds, now, now + TIMEOUT);
    }

    /** Expects that the lookup asks this node next. */
    void expectAsk(int number) {
        assertThat(lookup.next(now)).isEqualTo(new Step.Ask(nodes.get(number)));
    }

    void expectWait(long until) {
        assertThat(lookup.next(now)).isEqualTo(new Step.Wait(until));
    }

    void expectDone() {
        assertThat(lookup.next(now)).isEqualTo(new Step.Done());
    }

    void answer(int number, Contact... told) {
        lookup.onReply(now, nodes.get(number), List.of(told), List.of(), Completeness.WHOLE);
    }

    void answerWith(int number, VerifiedRecord... records) {
        lookup.onReply(now, nodes.get(number), List.of(), List.of(records), Completeness.WHOLE);
    }

    /** Gives the lookup an answer from which records were left out. */
    void answerCut(int number, VerifiedRecord... records) {
        lookup.onReply(now, nodes.get(number), List.of(), List.of(records), Completeness.RECORDS_LEFT_OUT);
    }

    /** Gives the lookup an answer that is truncated or empty. */
    void answerTruncated(int number, Completeness completeness, Contact... told) {
        lookup.onReply(now, nodes.get(number), List.of(told), List.of(), completeness);
    }

    void fail(int number) {
        lookup.onFailure(nodes.get(number).nodeId());
    }

    LookupReport report() {
        return lookup.report(now);
    }

    /** Returns an endpoint record; a higher sequence number is newer. */
    static VerifiedRecord version(long sequence) {
        return TestRecords.endpoint(Fixtures.B, "v" + sequence, sequence, Fixtures.NOW + sequence, 3600);
    }
}
