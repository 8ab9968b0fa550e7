package io.a2al.core.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.protocol.Bytes;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.NatType;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cases picked by hand; the golden vectors have many more. */
class NatSenseTest {

    private static final Endpoint HOME = Fixtures.ipv4("cb007107", 4121);
    private static final Endpoint HOME_OTHER_PORT = HOME.withPort(4122);
    private static final Endpoint OFFICE = Fixtures.ipv4("c6336407", 9000);

    /** The clock wraps around during every test. */
    private static final long START = Long.MAX_VALUE - Duration.ofMinutes(5).toNanos();

    private long now = START;

    private static NodeId reporter(int number) {
        return Fixtures.identity(number).nodeId();
    }

    private void after(Duration duration) {
        now += duration.toNanos();
    }

    private void vote(NatSense sense, Endpoint observed, int... reporters) {
        for (int reporter : reporters) {
            sense.record(reporter(reporter), observed, now);
        }
    }

    private Optional<Endpoint> trusted(NatSense sense) {
        return sense.trusted(now).map(NatSense.Consensus::endpoint);
    }

    @Test
    void threeReportersMakeAnAddressTrusted() {
        NatSense sense = new NatSense(NatRules.OLDER, 0);
        vote(sense, HOME, 1, 2, 2, 2);
        assertThat(trusted(sense)).isEmpty();
        assertThat(sense.natType(now)).isEqualTo(NatType.UNKNOWN);

        vote(sense, HOME, 3);
        assertThat(sense.trusted(now)).contains(new NatSense.Consensus(HOME, 3));
        assertThat(sense.natType(now)).isEqualTo(NatType.RESTRICTED);
        assertThat(sense.publishType(now)).isEqualTo(NatType.RESTRICTED);
    }

    @Test
    void theNewerRulesLowerTheThresholdAndPublishLess() {
        NatSense sense = new NatSense(NatRules.NEWER, 3);
        vote(sense, HOME, 1);
        assertThat(trusted(sense)).contains(HOME);
        assertThat(sense.natType(now)).isEqualTo(NatType.RESTRICTED);
        assertThat(sense.publishType(now)).isEqualTo(NatType.UNKNOWN);

        vote(sense, OFFICE, 2);
        assertThat(trusted(sense)).as("two reporters that disagree").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(NatRules.class)
    void votesAndProbesGrowOld(NatRules rules) {
        NatSense sense = new NatSense(rules, 2);
        vote(sense, HOME, 1, 2);
        sense.recordProbeResult(true, now);
        assertThat(sense.natType(now)).isEqualTo(NatType.FULL_CONE);

        after(Duration.ofMinutes(14));
        vote(sense, HOME, 1, 2);
        after(Duration.ofMinutes(15).minusNanos(1));
        assertThat(sense.reporters(now)).isEqualTo(2);
        assertThat(sense.natType(now)).isEqualTo(NatType.FULL_CONE);

        after(Duration.ofNanos(1));
        assertThat(sense.votes(now)).isZero();
        assertThat(trusted(sense)).isEmpty();
        assertThat(sense.natType(now)).as("a probe alone tells nothing").isEqualTo(NatType.UNKNOWN);
        assertThat(sense.probeResult(now)).contains(true);

        after(Duration.ofMinutes(1));
        assertThat(sense.probeResult(now)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(NatRules.class)
    void onlyAFreshProbeTellsWhetherWeAreReachable(NatRules rules) {
        NatSense sense = new NatSense(rules, 1);
        vote(sense, HOME, 1);
        sense.recordProbeResult(false, now);
        assertThat(sense.natType(now)).isEqualTo(NatType.RESTRICTED);
        assertThat(sense.publishType(now)).isEqualTo(NatType.RESTRICTED);
        sense.recordProbeResult(true, now);
        assertThat(sense.natType(now)).isEqualTo(NatType.FULL_CONE);
        assertThat(sense.publishType(now)).isEqualTo(NatType.FULL_CONE);
        sense.clearProbeResult();
        assertThat(sense.natType(now)).isEqualTo(NatType.RESTRICTED);
    }

    @ParameterizedTest
    @EnumSource(NatRules.class)
    void twoPortsSeenByTwoEachAreASymmetricNat(NatRules rules) {
        NatSense sense = new NatSense(rules, 2);
        vote(sense, HOME, 1, 2);
        vote(sense, HOME_OTHER_PORT, 3);
        assertThat(sense.natType(now)).isEqualTo(NatType.RESTRICTED);

        vote(sense, HOME_OTHER_PORT, 4);
        sense.recordProbeResult(true, now);
        assertThat(sense.natType(now)).isEqualTo(NatType.SYMMETRIC);
        assertThat(sense.publishType(now)).isEqualTo(NatType.SYMMETRIC);
    }

    /** Known-defects D-39: two homes with different ports are no symmetric NAT by the newer rules. */
    @Test
    void d39_portsAreComparedUnderOneAddressOnly() {
        NatSense older = new NatSense(NatRules.OLDER, 2);
        NatSense newer = new NatSense(NatRules.NEWER, 2);
        for (NatSense sense : new NatSense[] {older, newer}) {
            vote(sense, HOME, 1, 2);
            vote(sense, OFFICE, 3, 4);
        }
        assertThat(older.natType(now)).isEqualTo(NatType.SYMMETRIC);
        assertThat(newer.natType(now)).isEqualTo(NatType.RESTRICTED);
    }

    /** Another address of ours may be behind a symmetric NAT; what counts is the one that is published. */
    @Test
    void onlyTheTrustedAddressDecidesWhatIsPublished() {
        NatSense sense = new NatSense(NatRules.NEWER, 3);
        vote(sense, HOME, 1, 2);
        vote(sense, HOME_OTHER_PORT, 3, 4);
        assertThat(sense.publishType(now)).isEqualTo(NatType.SYMMETRIC);

        vote(sense, OFFICE, 5, 6, 7);
        sense.recordProbeResult(true, now);
        assertThat(trusted(sense)).contains(OFFICE);
        assertThat(sense.natType(now)).isEqualTo(NatType.SYMMETRIC);
        assertThat(sense.publishType(now)).isEqualTo(NatType.FULL_CONE);
    }

    @Test
    void byTheNewerRulesIpv6VotesTellNothingAboutANat() {
        NatSense older = new NatSense(NatRules.OLDER, 2);
        NatSense newer = new NatSense(NatRules.NEWER, 2);
        for (NatSense sense : new NatSense[] {older, newer}) {
            vote(sense, Fixtures.ipv6(1, 4121), 1, 2);
            assertThat(trusted(sense)).contains(Fixtures.ipv6(1, 4121));
        }
        assertThat(older.natType(now)).isEqualTo(NatType.RESTRICTED);
        assertThat(newer.natType(now)).isEqualTo(NatType.UNKNOWN);
    }

    /** Known-defects D-39: the choice among several trusted addresses is not arbitrary. */
    @Test
    void d39_mostVotesWinThenTheNewest() {
        NatSense sense = new NatSense(NatRules.NEWER, 2);
        vote(sense, HOME, 1, 2);
        after(Duration.ofMinutes(1));
        vote(sense, OFFICE, 3, 4);
        assertThat(trusted(sense)).contains(OFFICE);

        after(Duration.ofMinutes(1));
        vote(sense, HOME, 1);
        assertThat(trusted(sense)).contains(HOME);

        vote(sense, OFFICE, 5);
        vote(sense, HOME, 1);
        assertThat(trusted(sense)).contains(OFFICE);
    }

    @ParameterizedTest
    @EnumSource(NatRules.class)
    void aPublicSocketNeedsNoVotes(NatRules rules) {
        NatSense sense = new NatSense(rules, 3);
        sense.recordBindPublic(true);
        assertThat(sense.natType(now)).isEqualTo(NatType.FULL_CONE);
        assertThat(sense.publishType(now)).isEqualTo(NatType.FULL_CONE);
        sense.recordBindPublic(false);
        assertThat(sense.natType(now)).isEqualTo(NatType.UNKNOWN);
    }

    @Test
    void aChangeOfNetworkForgetsVotesAndATakenBackVoteIsGone() {
        NatSense sense = new NatSense(NatRules.OLDER, 2);
        vote(sense, HOME, 1, 2);
        sense.withdraw(reporter(2), HOME);
        assertThat(trusted(sense)).isEmpty();
        vote(sense, HOME, 2);
        sense.invalidateObservations();
        assertThat(sense.votes(now)).isZero();
    }

    @Test
    void addressesAreReadAsTheyComeOnTheWire() {
        NatSense sense = new NatSense(NatRules.OLDER, 2);
        sense.record(reporter(1), Bytes.fromHex("cb0071071019"), now);
        sense.record(reporter(2), Bytes.fromHex("00000000000000000000ffffcb0071071019"), now);
        sense.record(reporter(3), Bytes.fromHex("cb007107101900"), now);
        assertThat(sense.trusted(now)).contains(new NatSense.Consensus(HOME, 2));
        assertThat(sense.votes(now)).isEqualTo(2);
    }

    @Test
    void votesAreBounded() {
        NatSense sense = new NatSense(NatRules.OLDER, 1);
        vote(sense, OFFICE, 1);
        for (int i = 0; i < NatSense.MAX_VOTES; i++) {
            sense.record(reporter(2), HOME.withPort(i + 1), now);
        }
        assertThat(sense.votes(now)).isEqualTo(NatSense.MAX_VOTES);
        assertThat(sense.reporters(now)).as("the oldest vote was dropped").isEqualTo(1);
    }
}
