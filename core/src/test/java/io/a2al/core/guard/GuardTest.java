package io.a2al.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.Admission;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import io.a2al.protocol.message.MessageCodec;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final GuardSettings SETTINGS = GuardSettings.DEFAULT;
    private static final Message PING = new Message.Ping(Fixtures.A.address());
    private static final int PING_LENGTH = 158;

    private long now = -10 * SECOND;

    private static Guard guard(GuardSettings settings, long now) {
        return new Guard(settings, 4121, now);
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
            admitted += guard.admitRequest(from, now) == Admission.ADMITTED ? 1 : 0;
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
            assertThat(guard.admitRequest(busy, now)).isEqualTo(Admission.ADMITTED);
        }
        assertThat(admitted(guard, ipv4(5, 1, 3, 3), 150)).as("a burst").isEqualTo(150);
    }

    @Test
    void d04_aSourceThatAsksTooOftenIsRefusedAndNobodyElse() {
        Guard guard = guard(SETTINGS, now);
        Endpoint flooder = ipv4(5, 1, 2, 3);
        assertThat(admitted(guard, flooder, 10_000))
                .isEqualTo(SETTINGS.rates().perSource().burst());
        assertThat(guard.admitRequest(flooder.withPort(9), now)).isEqualTo(Admission.SOURCE_RATE);
        assertThat(guard.admitRequest(ipv4(5, 1, 2, 4), now)).isEqualTo(Admission.ADMITTED);
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
        assertThat(guard.admitRequest(ipv4(5, 1, 2, 3), now)).isEqualTo(Admission.PREFIX_RATE);
        assertThat(guard.admitRequest(ipv4(5, 1, 3, 3), now)).isEqualTo(Admission.ADMITTED);
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
        assertThat(guard.admitRequest(ipv6(2, 1, 1), now)).isEqualTo(Admission.ADMITTED);
    }

    /** Sources can be invented; then only the total limit holds, and it must not shut out who is proven. */
    @Test
    void d04_inventedSourcesLeaveRoomForProvenOnes() {
        Guard guard = guard(SETTINGS, now);
        Endpoint proven = ipv4(7, 7, 7, 7);
        guard.proven(proven, now);
        int admitted = 0;
        for (int i = 0; i < 5_000; i++) {
            admitted += admitted(guard, ipv4(5, i >> 8, i, 1), 1);
        }
        assertThat(admitted).isEqualTo(750);
        assertThat(guard.admitRequest(ipv4(6, 1, 1, 1), now)).isEqualTo(Admission.TOTAL_RATE);
        assertThat(guard.admitRequest(proven, now)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void d04_provenSourcesTogetherHaveALimitToo() {
        Guard guard = guard(SETTINGS, now);
        int admitted = 0;
        for (int i = 0; i < 5_000; i++) {
            Endpoint source = ipv4(5, i >> 8, i, 1);
            guard.proven(source, now);
            admitted += admitted(guard, source, 1);
        }
        assertThat(admitted).isEqualTo(SETTINGS.rates().total().burst());
    }

    @Test
    void aRefusedRequestCostsNobodyAnything() {
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
    void d04_anUnprovenSourceGetsThreeTimesWhatItSent() {
        Guard guard = guard(SETTINGS, now);
        Endpoint stranger = ipv4(5, 1, 2, 3);
        guard.received(stranger, 100, false, now);
        assertThat(guard.allowance(stranger)).isEqualTo(new Allowance(300));
        assertThat(guard.mayAsk(stranger, PING, now)).isTrue();
        guard.sent(stranger, PING);
        assertThat(guard.allowance(stranger)).isEqualTo(new Allowance(300 - PING_LENGTH));
        assertThat(guard.mayAsk(stranger, PING, now)).isFalse();
        guard.received(stranger, 100, false, now);
        assertThat(guard.allowance(stranger)).isEqualTo(new Allowance(600 - PING_LENGTH));
        assertThat(guard.statistics().pingsWithheld()).isEqualTo(1);
    }

    @Test
    void anotherPortIsAnotherSource() {
        Guard guard = guard(SETTINGS, now);
        guard.received(ipv4(5, 1, 2, 3), 100, false, now);
        guard.received(ipv4(5, 1, 2, 3).withPort(9), 200, false, now);
        assertThat(guard.allowance(ipv4(5, 1, 2, 3))).isEqualTo(new Allowance(300));
    }

    @Test
    void aProofLiftsTheLimitForTenMinutes() {
        Guard guard = guard(SETTINGS, now);
        Endpoint stranger = ipv4(5, 1, 2, 3);
        guard.received(stranger, 100, false, now);
        guard.proven(stranger, now);
        assertThat(guard.allowance(stranger)).isEqualTo(Allowance.FULL);
        now += 600 * SECOND - 1;
        guard.received(stranger, 100, false, now);
        assertThat(guard.allowance(stranger)).isEqualTo(Allowance.FULL);
        now += 1;
        guard.received(stranger, 100, false, now);
        assertThat(guard.allowance(stranger)).isEqualTo(new Allowance(300));
    }

    @Test
    void whoIsKnownByOtherMeansHasNoLimit() {
        Guard guard = guard(SETTINGS, now);
        guard.received(ipv4(5, 1, 2, 3), 100, true, now);
        assertThat(guard.allowance(ipv4(5, 1, 2, 3))).isEqualTo(Allowance.FULL);
    }

    @Test
    void aMinuteOfSilenceIsForgotten() {
        Guard guard = guard(SETTINGS, now);
        Endpoint stranger = ipv4(5, 1, 2, 3);
        guard.received(stranger, 100, false, now);
        now += 60 * SECOND;
        guard.received(stranger, 100, false, now);
        assertThat(guard.allowance(stranger)).isEqualTo(new Allowance(600));
        now += 60 * SECOND + 1;
        guard.received(stranger, 100, false, now);
        assertThat(guard.allowance(stranger)).isEqualTo(new Allowance(300));
    }

    /** However many sources are invented, nobody gets more for it; the map stays small. */
    @Test
    void d32_forgettingAnAccountGivesNobodyMore() {
        GuardSettings small =
                SETTINGS.withReplies(new GuardSettings.Replies(Duration.ofMinutes(1), Duration.ofMinutes(10), 8, 4));
        Guard guard = guard(small, now);
        Endpoint victim = ipv4(5, 1, 2, 3);
        long received = 0;
        long sent = 0;
        for (int i = 0; i < 1_000; i++) {
            guard.received(victim, PING_LENGTH, false, now);
            received += PING_LENGTH;
            while (guard.mayAsk(victim, PING, now)) {
                guard.sent(victim, PING);
                sent += PING_LENGTH;
            }
            for (int other = 0; other < 8; other++) {
                guard.received(ipv4(6, i >> 8, i, other), 100, false, now);
            }
            for (int other = 0; other < 8; other++) {
                guard.proven(ipv4(8, i >> 8, i, other), now);
            }
        }
        assertThat(sent).isEqualTo(3 * received);
        assertThat(guard.statistics().watched().used()).isEqualTo(8);
        assertThat(guard.statistics().proven().used()).isEqualTo(4);
    }

    @Test
    void d04_answersBeyondTheAllowanceAreWithheld() {
        Guard guard = guard(SETTINGS, now);
        Endpoint stranger = ipv4(5, 1, 2, 3);
        guard.received(stranger, 50, false, now);
        Message pong = new Message.Pong(Fixtures.A.address(), stranger);
        assertThat(MessageCodec.encodedLength(pong)).isEqualTo(166);
        assertThat(guard.mayAnswer(stranger, pong)).isFalse();
        assertThat(guard.statistics().repliesWithheld()).isEqualTo(1);
        guard.received(stranger, 50, false, now);
        assertThat(guard.mayAnswer(stranger, pong)).isTrue();
    }

    @Test
    void amongLoopbackAddressesTheBudgetHoldsToo() {
        Guard guard = guard(SETTINGS.forPrivateNetwork(), now);
        guard.received(ipv4(127, 0, 0, 1), 100, false, now);
        assertThat(guard.allowance(ipv4(127, 0, 0, 1))).isEqualTo(new Allowance(300));
    }

    // ---- hearsay ----------------------------------------------------------------------------------------------

    @Test
    void d04_anAddressThatOthersToldIsAskedAFewTimesOnly() {
        Guard guard = guard(SETTINGS, now);
        Message question = new Message.FindNode(NodeId.ZERO);
        int sent = 0;
        for (int port = 1; port <= 1000; port++) {
            sent += guard.mayAsk(ipv4(5, 1, 2, 3).withPort(port), question, now) ? 1 : 0;
        }
        assertThat(sent).isEqualTo(10);
        assertThat(guard.statistics().hearsayWithheld()).isEqualTo(990);
        now += 5 * SECOND;
        for (int port = 1; port <= 1000; port++) {
            sent += guard.mayAsk(ipv4(5, 1, 2, 3).withPort(port), question, now) ? 1 : 0;
        }
        assertThat(sent).isEqualTo(15);
        assertThat(guard.mayAsk(ipv4(5, 1, 2, 4), question, now)).isTrue();
    }

    @Test
    void whoAnsweredIsNoHearsay() {
        Guard guard = guard(SETTINGS, now);
        Message question = new Message.FindNode(NodeId.ZERO);
        guard.proven(ipv4(5, 1, 2, 3), now);
        for (int i = 0; i < 1000; i++) {
            assertThat(guard.mayAsk(ipv4(5, 1, 2, 3), question, now)).isTrue();
            assertThat(guard.mayAsk(ipv4(127, 0, 0, 1), question, now)).isTrue();
        }
    }

    @Test
    void verdictsAreCounted() {
        Guard guard = guard(SETTINGS, now);
        guard.count(Admission.UNSOLICITED);
        guard.count(Admission.UNSOLICITED);
        assertThat(guard.statistics().admissions())
                .containsOnlyKeys(Admission.values())
                .containsEntry(Admission.UNSOLICITED, 2L)
                .containsEntry(Admission.ADMITTED, 0L);
    }
}
