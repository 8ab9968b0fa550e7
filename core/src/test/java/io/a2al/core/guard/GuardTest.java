package io.a2al.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Admission;
import io.a2al.core.api.Origin;
import io.a2al.core.api.Subnet;
import io.a2al.core.time.NodeTime;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.message.TransactionId;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final NodeId SENDER = Fixtures.A.nodeId();

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final GuardSettings SETTINGS = GuardSettings.DEFAULT;
    private static final Message PING = new Message.Ping(Fixtures.A.address());
    private static final int PING_LENGTH = 158;

    private long now = -10 * SECOND;

    private static NodeTime at(long nanos) {
        return new NodeTime(nanos, Fixtures.NOW);
    }

    private static Guard guard(GuardSettings settings, long now) {
        return new Guard(settings, 4121, at(now));
    }

    private static Contact node(Endpoint endpoint) {
        return new Contact(Fixtures.A.address(), SENDER, endpoint);
    }

    private static Endpoint ipv4(int a, int b, int c, int d) {
        return Endpoint.of(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, 4121);
    }

    private static Endpoint ipv6(int network, int subnet, int host) {
        byte[] ip = new byte[16];
        ip[0] = 0x20;
        ip[5] = (byte) network;
        ip[7] = (byte) subnet;
        ip[15] = (byte) host;
        return Endpoint.of(ip, 4121);
    }

    private int admitted(Guard guard, Endpoint from, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            admitted += guard.admitRequest(at(now), from) == Admission.ADMITTED ? 1 : 0;
        }
        return admitted;
    }

    // ---- rates ------------------------------------------------------------------------------------------------

    /** Known-defects, section D, rule 2: ten requests per second from one source are normal. */
    @Test
    void d04_normalUseHasRoom() {
        Guard guard = guard(SETTINGS, now);
        Endpoint busy = ipv4(5, 1, 2, 3);
        for (int i = 0; i < 60 * 20; i++) {
            now += SECOND / 20;
            assertThat(guard.admitRequest(at(now), busy)).isEqualTo(Admission.ADMITTED);
        }
        assertThat(admitted(guard, ipv4(5, 1, 3, 3), 150)).as("a burst").isEqualTo(150);
    }

    @Test
    void d04_onlyASourceThatAsksTooOftenIsRefused() {
        Guard guard = guard(SETTINGS, now);
        Endpoint flooder = ipv4(5, 1, 2, 3);
        assertThat(admitted(guard, flooder, 10_000))
                .isEqualTo(SETTINGS.rates().perSource().burst());
        assertThat(guard.admitRequest(at(now), flooder.withPort(9))).isEqualTo(Admission.SOURCE_RATE);
        assertThat(guard.admitRequest(at(now), ipv4(5, 1, 2, 4))).isEqualTo(Admission.ADMITTED);
        now += SECOND;
        assertThat(admitted(guard, flooder, 10_000)).isEqualTo(50);
    }

    @Test
    void d04_aNetworkThatAsksTooOftenIsRefused() {
        Guard guard = guard(GuardSettings.forProcessors(4), now);
        int admitted = 0;
        for (int host = 0; host < 256; host++) {
            admitted += admitted(guard, ipv4(5, 1, 2, host), 20);
        }
        assertThat(admitted).isEqualTo(SETTINGS.rates().perPrefix().burst());
        assertThat(guard.admitRequest(at(now), ipv4(5, 1, 2, 3))).isEqualTo(Admission.PREFIX_RATE);
        assertThat(guard.admitRequest(at(now), ipv4(5, 1, 3, 3))).isEqualTo(Admission.ADMITTED);
    }

    /** A provider has 256 /24, or 65,536 /48, each with a rate of its own. */
    @Test
    void d04_aProviderThatAsksTooOftenIsRefused() {
        Guard guard = guard(GuardSettings.forProcessors(64), now);
        int admitted = 0;
        for (int site = 0; site < 200; site++) {
            Endpoint source = ipv4(5, 1, site, 1);
            guard.verify(at(now), node(source));
            admitted += admitted(guard, source, 100);
        }
        assertThat(admitted).isEqualTo(4 * SETTINGS.rates().perPrefix().burst());
        assertThat(guard.admitRequest(at(now), ipv4(5, 2, 1, 1))).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void d04_aRegionAndAProviderOfIpv6HaveRatesToo() {
        Guard guard = guard(GuardSettings.forProcessors(64), now);
        int region = 0;
        for (int site = 0; site < 100; site++) {
            Endpoint source = ipv6(site, 1, 1);
            guard.verify(at(now), node(source));
            region += admitted(guard, source, 100);
        }
        assertThat(region).isEqualTo(2 * SETTINGS.rates().perPrefix().burst());
        assertThat(guard.admitRequest(at(now), ipv6(200, 1, 1))).isEqualTo(Admission.PREFIX_RATE);
    }

    @Test
    void d04_forgedSourcesOfAProviderLeaveRoomForItsVerifiedNodes() {
        Guard guard = guard(GuardSettings.forProcessors(64), now);
        Endpoint proven = ipv4(5, 1, 250, 7);
        guard.verify(at(now), node(proven));
        int forged = 0;
        for (int site = 0; site < 200; site++) {
            forged += admitted(guard, ipv4(5, 1, site, 1), 100);
        }
        assertThat(forged).isEqualTo(3 * SETTINGS.rates().perPrefix().burst());
        assertThat(guard.admitRequest(at(now), ipv4(5, 1, 251, 7))).isEqualTo(Admission.PREFIX_RATE);
        assertThat(guard.admitRequest(at(now), proven)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void anIpv6CustomerIsOneSourceAndASiteOneNetwork() {
        Guard guard = guard(GuardSettings.forProcessors(4), now);
        int customer = 0;
        for (int host = 0; host < 256; host++) {
            customer += admitted(guard, ipv6(1, 1, host), 10);
        }
        assertThat(customer).isEqualTo(SETTINGS.rates().perSource().burst());
        int site = customer;
        for (int subnet = 2; subnet < 100; subnet++) {
            site += admitted(guard, ipv6(1, subnet, 1), 100);
        }
        assertThat(site).isEqualTo(SETTINGS.rates().perPrefix().burst());
        assertThat(guard.admitRequest(at(now), ipv6(2, 1, 1))).isEqualTo(Admission.ADMITTED);
    }

    /** Sources can be invented. Then only the total limit helps, and it must leave room for verified addresses. */
    @Test
    void d04_forgedSourcesLeaveRoomForVerifiedOnes() {
        Guard guard = guard(SETTINGS, now);
        Endpoint proven = ipv4(7, 7, 7, 7);
        guard.verify(at(now), node(proven));
        int admitted = 0;
        for (int i = 0; i < 5_000; i++) {
            admitted += admitted(guard, ipv4(5, i >> 8, i, 1), 1);
        }
        assertThat(admitted).isEqualTo(750);
        assertThat(guard.admitRequest(at(now), ipv4(6, 1, 1, 1))).isEqualTo(Admission.TOTAL_RATE);
        assertThat(guard.admitRequest(at(now), proven)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void d04_verifiedSourcesTogetherHaveALimitToo() {
        Guard guard = guard(SETTINGS, now);
        int admitted = 0;
        for (int i = 0; i < 5_000; i++) {
            Endpoint source = ipv4(5, i >> 8, i, 1);
            guard.verify(at(now), node(source));
            admitted += admitted(guard, source, 1);
        }
        assertThat(admitted).isEqualTo(SETTINGS.rates().total().burst());
    }

    @Test
    void aRefusedRequestIsChargedToNoRate() {
        Guard guard = guard(SETTINGS, now);
        admitted(guard, ipv4(5, 1, 2, 3), 100_000);
        assertThat(admitted(guard, ipv4(5, 1, 2, 4), 1000)).isEqualTo(200);
    }

    @Test
    void loopbackIsExemptAndPrivateNetworksOnRequest() {
        Guard guard = guard(SETTINGS, now);
        assertThat(admitted(guard, ipv4(127, 0, 0, 1), 20_000)).isEqualTo(20_000);
        assertThat(admitted(guard, ipv4(10, 0, 0, 1), 20_000)).isEqualTo(200);
        Guard inPrivate = guard(SETTINGS.forPrivateNetwork(), now);
        assertThat(admitted(inPrivate, ipv4(10, 0, 0, 1), 20_000)).isEqualTo(20_000);
        assertThat(admitted(inPrivate, ipv4(5, 0, 0, 1), 20_000)).isEqualTo(200);
    }

    @Test
    void theTotalGrowsWithTheMachine() {
        assertThat(GuardSettings.forProcessors(8).rates().total().perSecond())
                .isEqualTo(8 * SETTINGS.rates().total().perSecond());
        assertThat(GuardSettings.forProcessors(1)).isEqualTo(SETTINGS);
    }

    // ---- replies ----------------------------------------------------------------------------------------------

    @Test
    void d04_anUnverifiedSourceIsSentThreeTimesTheBytesThatCameFromIt() {
        Guard guard = guard(SETTINGS, now);
        Endpoint stranger = ipv4(5, 1, 2, 3);
        RequestVerdict first = guard.judge(at(now), stranger, SENDER, 100, false);
        assertThat(first.isVerified()).isFalse();
        assertThat(first.allowance()).isEqualTo(new Allowance(300));
        assertThat(guard.mayAsk(at(now), node(stranger), PING)).isTrue();
        assertThat(guard.statistics().pingsWithheld()).isZero();
        guard.onSent(stranger, PING, 0);
        assertThat(first.allowance()).isEqualTo(new Allowance(300 - PING_LENGTH));
        assertThat(guard.mayAsk(at(now), node(stranger), PING)).isFalse();
        RequestVerdict second = guard.judge(at(now), stranger, SENDER, 100, false);
        assertThat(second.allowance()).isEqualTo(new Allowance(600 - PING_LENGTH));
        assertThat(guard.statistics().pingsWithheld()).isEqualTo(1);
    }

    @Test
    void anotherPortIsAnotherSource() {
        Guard guard = guard(SETTINGS, now);
        RequestVerdict one = guard.judge(at(now), ipv4(5, 1, 2, 3), SENDER, 100, false);
        guard.judge(at(now), ipv4(5, 1, 2, 3).withPort(9), SENDER, 200, false);
        assertThat(one.allowance()).isEqualTo(new Allowance(300));
    }

    @Test
    void anAddressIsVerifiedForTenMinutes() {
        Guard guard = guard(SETTINGS, now);
        Endpoint stranger = ipv4(5, 1, 2, 3);
        guard.judge(at(now), stranger, SENDER, 100, false);
        guard.verify(at(now), node(stranger));
        assertThat(guard.judge(at(now), stranger, SENDER, 100, false).allowance())
                .isEqualTo(Allowance.FULL);
        now += 600 * SECOND - 1;
        assertThat(guard.judge(at(now), stranger, SENDER, 100, false).isVerified())
                .isTrue();
        now += 1;
        RequestVerdict later = guard.judge(at(now), stranger, SENDER, 100, false);
        assertThat(later.isVerified()).isFalse();
        assertThat(later.allowance()).isEqualTo(new Allowance(300));
    }

    /** A sender that forges the address of a verified node is not verified, and takes nothing from that node. */
    @Test
    void whatIsVerifiedIsTheNodeAtItsAddress() {
        Guard guard = guard(SETTINGS, now);
        Endpoint address = ipv4(5, 1, 2, 3);
        NodeId forger = Fixtures.B.nodeId();
        guard.verify(at(now), node(address));
        RequestVerdict forged = guard.judge(at(now), address, forger, 100, false);
        assertThat(forged.allowance()).isEqualTo(new Allowance(300));
        assertThat(forged.origin()).isEqualTo(Origin.unproven(Subnet.of(address)));
        assertThat(guard.mayAsk(at(now), new Contact(Fixtures.B.address(), forger, address), PING))
                .as("the first PING to the forger")
                .isTrue();
        guard.onSent(address, PING, 0);
        assertThat(guard.mayAsk(at(now), new Contact(Fixtures.B.address(), forger, address), PING))
                .as("the second")
                .isFalse();
        RequestVerdict genuine = guard.judge(at(now), address, SENDER, 100, false);
        assertThat(genuine.isVerified()).isTrue();
        assertThat(genuine.origin()).isEqualTo(Origin.of(Subnet.of(address)));
    }

    /**
     * A node repeats a request without an answer, from where it is; a peer that was sent one could repeat it for ever.
     */
    @Test
    void aRequestThatIsSentOnIsDropped() {
        Guard guard = guard(SETTINGS, now);
        Endpoint genuine = ipv4(5, 1, 2, 3);
        TransactionId transaction = TransactionId.generate(new SplittableRandom(1));
        for (int i = 0; i < 5; i++) {
            assertThat(guard.isReplayed(genuine, SENDER, transaction)).isFalse();
        }
        assertThat(guard.isReplayed(genuine, SENDER, transaction))
                .as("once more")
                .isTrue();
        TransactionId next = TransactionId.generate(new SplittableRandom(2));
        assertThat(guard.isReplayed(genuine, SENDER, next)).isFalse();
        assertThat(guard.isReplayed(ipv4(5, 1, 2, 4), SENDER, next))
                .as("from elsewhere")
                .isTrue();
        assertThat(guard.isReplayed(ipv4(5, 1, 2, 4), Fixtures.B.nodeId(), next))
                .as("of another sender")
                .isFalse();
        assertThat(guard.statistics().replays()).isEqualTo(2);
    }

    @Test
    void noMoreRequestsAreRememberedThanAreSet() {
        Guard guard = guard(SETTINGS.withReplies(SETTINGS.replies().withMaxRequests(2)), 0);
        Endpoint genuine = ipv4(5, 1, 2, 3);
        Endpoint elsewhere = ipv4(5, 1, 2, 4);
        TransactionId first = TransactionId.generate(new SplittableRandom(1));
        guard.isReplayed(genuine, SENDER, first);
        guard.isReplayed(genuine, SENDER, TransactionId.generate(new SplittableRandom(2)));
        assertThat(guard.isReplayed(elsewhere, SENDER, first)).isTrue();
        guard.isReplayed(genuine, SENDER, TransactionId.generate(new SplittableRandom(3)));
        guard.isReplayed(genuine, SENDER, TransactionId.generate(new SplittableRandom(4)));
        assertThat(guard.isReplayed(elsewhere, SENDER, first)).isFalse();
    }

    @Test
    void aContactHasNoLimit() {
        Guard guard = guard(SETTINGS, now);
        assertThat(guard.judge(at(now), ipv4(5, 1, 2, 3), SENDER, 100, true).allowance())
                .isEqualTo(Allowance.FULL);
    }

    @Test
    void anAccountIsForgottenAfterAMinuteWithoutARequest() {
        Guard guard = guard(SETTINGS, now);
        Endpoint stranger = ipv4(5, 1, 2, 3);
        guard.judge(at(now), stranger, SENDER, 100, false);
        now += 60 * SECOND;
        assertThat(guard.judge(at(now), stranger, SENDER, 100, false).allowance())
                .isEqualTo(new Allowance(600));
        now += 60 * SECOND + 1;
        assertThat(guard.judge(at(now), stranger, SENDER, 100, false).allowance())
                .isEqualTo(new Allowance(300));
    }

    /** A record is counted for the network of the peer that brought it. */
    @Test
    void theVerdictNamesTheOriginOfRecords() {
        Guard guard = guard(SETTINGS, now);
        Endpoint stranger = ipv4(5, 1, 2, 3);
        assertThat(guard.judge(at(now), stranger, SENDER, 100, false).origin())
                .isEqualTo(Origin.unproven(Subnet.of(stranger)));
        assertThat(guard.judge(at(now), ipv4(127, 0, 0, 1), SENDER, 100, false).origin())
                .isEqualTo(Origin.EXEMPT);
        guard.verify(at(now), node(stranger));
        assertThat(guard.judge(at(now), stranger, SENDER, 100, false).origin())
                .isEqualTo(Origin.of(Subnet.of(stranger)));
    }

    /** No number of invented sources makes the node send more to an address; the maps stay bounded. */
    @Test
    void d32_evictingAnAccountAllowsNoMore() {
        GuardSettings small = SETTINGS.withReplies(
                new GuardSettings.Replies(Duration.ofMinutes(1), Duration.ofMinutes(10), 8, 4, 8192));
        Guard guard = guard(small, now);
        Endpoint victim = ipv4(5, 1, 2, 3);
        long received = 0;
        long sent = 0;
        for (int i = 0; i < 1_000; i++) {
            guard.judge(at(now), victim, SENDER, PING_LENGTH, false);
            received += PING_LENGTH;
            while (guard.mayAsk(at(now), node(victim), PING)) {
                guard.onSent(victim, PING, 0);
                sent += PING_LENGTH;
            }
            for (int other = 0; other < 8; other++) {
                guard.judge(at(now), ipv4(6, i >> 8, i, other), SENDER, 100, false);
            }
            for (int other = 0; other < 8; other++) {
                guard.verify(at(now), node(ipv4(8, i >> 8, i, other)));
            }
        }
        assertThat(sent).isEqualTo(3 * received);
        assertThat(guard.statistics().watched().used()).isEqualTo(8);
        assertThat(guard.statistics().proven().used()).isEqualTo(4);
    }

    @Test
    void d04_answersAreChargedAndWithheldBeyondTheAllowance() {
        Guard guard = guard(SETTINGS, now);
        Endpoint stranger = ipv4(5, 1, 2, 3);
        Message pong = new Message.Pong(Fixtures.A.address(), stranger);
        assertThat(MessageCodec.encodedLength(pong)).isEqualTo(166);
        RequestVerdict first = guard.judge(at(now), stranger, SENDER, 50, false);
        assertThat(first.tryCharge(pong)).isFalse();
        assertThat(first.allowance()).isEqualTo(new Allowance(150));
        assertThat(guard.statistics().repliesWithheld()).isEqualTo(1);
        RequestVerdict second = guard.judge(at(now), stranger, SENDER, 50, false);
        assertThat(second.tryCharge(pong)).isTrue();
        assertThat(second.allowance()).isEqualTo(new Allowance(300 - 166));
        assertThat(second.tryCharge(pong)).isFalse();
    }

    /** An answer of exactly what is left is sent. */
    @Test
    void d04_theWholeAllowanceMayBeUsed() {
        Guard guard = guard(SETTINGS, now);
        Endpoint stranger = ipv4(5, 1, 2, 3);
        Message pong = new Message.Pong(Fixtures.A.address(), stranger);
        int length = MessageCodec.encodedLength(pong);
        guard.judge(at(now), stranger, SENDER, length, false);
        RequestVerdict verdict = guard.judge(at(now), stranger, SENDER, length, false);
        for (int answer = 0; answer < 6; answer++) {
            assertThat(verdict.tryCharge(pong)).isTrue();
        }
        assertThat(verdict.tryCharge(pong)).isFalse();
        assertThat(verdict.allowance()).isEqualTo(new Allowance(0));
    }

    @Test
    void aNodeIsVerifiedAtItsAddressOnly() {
        Guard guard = guard(SETTINGS, now);
        guard.verify(at(now), node(ipv4(5, 1, 2, 3)));
        assertThat(guard.isVerified(at(now), node(ipv4(5, 1, 2, 3)))).isTrue();
        assertThat(guard.isVerified(at(now), node(ipv4(5, 1, 2, 4)))).isFalse();
    }

    @Test
    void truncatedAnswersAreCounted() {
        Guard guard = guard(SETTINGS, now);
        RequestVerdict verdict = guard.judge(at(now), ipv4(5, 1, 2, 3), SENDER, 100, false);
        verdict.countTruncated();
        verdict.countTruncated();
        assertThat(guard.statistics().repliesShortened()).isEqualTo(2);
    }

    @Test
    void questionsToReportedLoopbackAddressesAreNotCountedAsWithheld() {
        Guard guard = guard(SETTINGS, now);
        for (int i = 0; i < 100; i++) {
            assertThat(guard.mayAsk(at(now), node(ipv4(127, 0, 0, 1)), PING)).isTrue();
        }
        assertThat(guard.statistics().hearsayWithheld()).isZero();
        assertThat(guard.statistics().pingsWithheld()).isZero();
    }

    @Test
    void theAmplificationLimitHoldsForLoopbackAddressesToo() {
        Guard guard = guard(SETTINGS.forPrivateNetwork(), now);
        assertThat(guard.judge(at(now), ipv4(127, 0, 0, 1), SENDER, 100, false).allowance())
                .isEqualTo(new Allowance(300));
    }

    // ---- reported addresses---------------------------------------------------------------------------------------

    @Test
    void d04_anAddressThatPeersReportedIsAskedAFewTimesOnly() {
        Guard guard = guard(SETTINGS, now);
        Message question = new Message.FindNode(NodeId.ZERO);
        int sent = 0;
        for (int port = 1; port <= 1000; port++) {
            sent += guard.mayAsk(at(now), node(ipv4(5, 1, 2, 3).withPort(port)), question) ? 1 : 0;
        }
        assertThat(sent).isEqualTo(10);
        assertThat(guard.statistics().hearsayWithheld()).isEqualTo(990);
        now += 5 * SECOND;
        for (int port = 1; port <= 1000; port++) {
            sent += guard.mayAsk(at(now), node(ipv4(5, 1, 2, 3).withPort(port)), question) ? 1 : 0;
        }
        assertThat(sent).isEqualTo(15);
        assertThat(guard.mayAsk(at(now), node(ipv4(5, 1, 2, 4)), question)).isTrue();
    }

    @Test
    void aVerifiedAddressIsAskedWithoutLimit() {
        Guard guard = guard(SETTINGS, now);
        Message question = new Message.FindNode(NodeId.ZERO);
        guard.verify(at(now), node(ipv4(5, 1, 2, 3)));
        for (int i = 0; i < 1000; i++) {
            assertThat(guard.mayAsk(at(now), node(ipv4(5, 1, 2, 3)), question)).isTrue();
            assertThat(guard.mayAsk(at(now), node(ipv4(127, 0, 0, 1)), question))
                    .isTrue();
        }
    }

    @Test
    void admissionsAreCounted() {
        Guard guard = guard(SETTINGS, now);
        guard.count(Admission.UNSOLICITED);
        guard.count(Admission.UNSOLICITED);
        assertThat(guard.statistics().admissions())
                .containsOnlyKeys(Admission.values())
                .containsEntry(Admission.UNSOLICITED, 2L)
                .containsEntry(Admission.ADMITTED, 0L);
    }

    /** The padding counts, too; and beyond the limit of accounts, an endpoint may have been forgotten. */
    @Test
    void d04_paddingKeepsToTheLimitOfAnEndpointThatWasHeard() {
        Guard guard = guard(SETTINGS, now);
        Endpoint heard = ipv4(5, 1, 2, 3);
        assertThat(guard.mayPad(at(now), heard, 448)).as("nothing came from it").isTrue();
        guard.judge(at(now), heard, SENDER, PING_LENGTH, false);
        assertThat(guard.mayPad(at(now), heard, 3 * PING_LENGTH)).isTrue();
        assertThat(guard.mayPad(at(now), heard, 3 * PING_LENGTH + 1)).isFalse();
        guard.onSent(heard, PING, 300);
        assertThat(guard.mayPad(at(now), heard, 3 * PING_LENGTH - 300)).isTrue();
        assertThat(guard.mayPad(at(now), heard, 3 * PING_LENGTH - 299)).isFalse();
        now += 10 * SECOND;
        fillAccounts(guard, 6);
        guard.verify(at(now), node(ipv4(6, 0, 0, 7)));
        assertThat(guard.mayPad(at(now), heard, 448))
                .as("forgotten, although there is room again")
                .isFalse();
        now += 60 * SECOND + 1;
        assertThat(guard.mayPad(at(now), heard, 448))
                .as("its account would not count any longer")
                .isTrue();
    }

    /** A flood from forged sources must not disable padding for longer than it lasts. */
    @Test
    void d04_evictionOfAccountsThatNoLongerCountDisablesNoPadding() {
        Guard guard = guard(SETTINGS, now);
        fillAccounts(guard, 6);
        now += 61 * SECOND;
        fillAccounts(guard, 7);
        assertThat(guard.mayPad(at(now), ipv4(5, 1, 2, 3), 448)).isTrue();
        fillAccounts(guard, 8);
        assertThat(guard.mayPad(at(now), ipv4(5, 1, 2, 3), 448))
                .as("one of these may have come from there")
                .isFalse();
        now += 60 * SECOND + 1;
        assertThat(guard.mayPad(at(now), ipv4(5, 1, 2, 3), 448)).isTrue();
    }

    private void fillAccounts(Guard guard, int network) {
        for (int i = 0; i < SETTINGS.replies().maxAccounts(); i++) {
            guard.judge(at(now), ipv4(network, i >> 16, i >> 8, i), SENDER, PING_LENGTH, false);
        }
    }
}
