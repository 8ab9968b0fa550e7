package io.a2al.core.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.nat.EchoService.Verdict;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.testing.Fixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoServiceTest {

    private static final Endpoint ASKER = Fixtures.ipv4("cb007107", 4121);

    private final EchoService service = new EchoService(NatSettings.DEFAULT.echoes());
    private long now = -Duration.ofDays(3).toNanos();

    private static Endpoint source(int number) {
        return Endpoint.of(new byte[] {5, (byte) (number >> 16), (byte) (number >> 8), (byte) number}, 4121);
    }

    private Verdict judge(Endpoint source, Endpoint claimed) {
        return service.judge(source, claimed, now);
    }

    @Test
    void anEchoGoesToTheAskersOwnPublicAddressWhateverThePort() {
        assertThat(judge(ASKER, ASKER)).isEqualTo(Verdict.ECHO);
        assertThat(judge(ASKER, ASKER.withPort(50_000))).isEqualTo(Verdict.ECHO);
        assertThat(judge(Fixtures.ipv6(1, 4121), Fixtures.ipv6(1, 4122))).isEqualTo(Verdict.ECHO);
    }

    @Test
    void aMappedAddressIsTheIpv4One() {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(ASKER.ip(), 0, mapped, 12, 4);
        assertThat(judge(ASKER, Endpoint.of(mapped, 4121))).isEqualTo(Verdict.ECHO);
        assertThat(judge(Endpoint.of(mapped, 4121), ASKER)).isEqualTo(Verdict.ECHO);
        assertThat(judge(ASKER, ASKER)).isEqualTo(Verdict.ECHO);
        assertThat(judge(Endpoint.of(mapped, 4121), ASKER))
                .as("they share a limit")
                .isEqualTo(Verdict.SOURCE_LIMIT);
    }

    @Test
    void noEchoGoesToAnotherAddress() {
        assertThat(judge(ASKER, Fixtures.ipv4("cb007108", 4121))).isEqualTo(Verdict.OTHER_SOURCE);
    }

    /** Known-defects D-40: the reference takes broadcast and reserved addresses for public ones. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffff",
                "f0000001",
                "00000001",
                "00000000",
                "7f000001",
                "0a000001",
                "ac100001",
                "c0a80001",
                "a9fe0001",
                "64400001",
                "e0000001"
            })
    void d40_onlyPublicAddressesGetAnEcho(String ip) {
        Endpoint there = Fixtures.ipv4(ip, 4121);
        assertThat(judge(there, there)).isEqualTo(Verdict.NOT_PUBLIC);
    }

    /** Known-defects D-40: services of the system behind the same address must not be disturbed. */
    @ParameterizedTest
    @CsvSource({
        "4121, 53, SYSTEM_PORT",
        "4121, 0, SYSTEM_PORT",
        "53, 53, ECHO",
        "4121, 1023, SYSTEM_PORT",
        "4121, 1024, ECHO"
    })
    void d40_portsOfTheSystemAreSpared(int from, int claimed, Verdict expected) {
        assertThat(judge(ASKER.withPort(from), ASKER.withPort(claimed))).isEqualTo(expected);
    }

    @Test
    void eachSourceGetsThreeEchoesInTenSecondsFromItsFirst() {
        for (int i = 0; i < 3; i++) {
            assertThat(judge(ASKER, ASKER.withPort(5000 + i))).isEqualTo(Verdict.ECHO);
            now += Duration.ofSeconds(3).toNanos();
        }
        assertThat(judge(ASKER, ASKER)).isEqualTo(Verdict.SOURCE_LIMIT);
        now += Duration.ofSeconds(1).toNanos() - 1;
        assertThat(judge(ASKER.withPort(9), ASKER)).isEqualTo(Verdict.SOURCE_LIMIT);
        now++;
        assertThat(judge(ASKER, ASKER)).isEqualTo(Verdict.ECHO);
        assertThat(service.verdicts()).containsEntry(Verdict.ECHO, 4L).containsEntry(Verdict.SOURCE_LIMIT, 2L);
    }

    /** A home has 2^64 addresses of IPv6; they count as one source. */
    @Test
    void d40_aSubnetOfIpv6IsOneSource() {
        for (int i = 1; i <= 3; i++) {
            assertThat(judge(Fixtures.ipv6(i, 4121), Fixtures.ipv6(i, 4121))).isEqualTo(Verdict.ECHO);
        }
        assertThat(judge(Fixtures.ipv6(4, 4121), Fixtures.ipv6(4, 4121))).isEqualTo(Verdict.SOURCE_LIMIT);
    }

    /** Known-defects D-40: whatever the sources, the node's own bandwidth is its own. */
    @Test
    void d40_allTogetherHaveABudget() {
        int budget = NatSettings.DEFAULT.echoes().perSecond();
        for (int i = 0; i < budget; i++) {
            assertThat(judge(source(i), source(i))).isEqualTo(Verdict.ECHO);
        }
        assertThat(judge(source(budget), source(budget))).isEqualTo(Verdict.TOTAL_LIMIT);
        assertThat(service.sources()).as("a refused source takes no room").isEqualTo(budget);
        now += Duration.ofSeconds(1).toNanos();
        assertThat(judge(source(budget), source(budget))).isEqualTo(Verdict.ECHO);
    }

    /** Known-defects D-40: the reference never drops a source. */
    @Test
    void d40_sourcesAreBoundedAndForgotten() {
        EchoService small = new EchoService(new NatSettings.Echoes(3, Duration.ofSeconds(10), 1000, 8));
        for (int i = 0; i < 20; i++) {
            assertThat(small.judge(source(i), source(i), now)).isEqualTo(i < 8 ? Verdict.ECHO : Verdict.TOTAL_LIMIT);
        }
        assertThat(small.judge(source(0), source(0), now))
                .as("the first source")
                .isEqualTo(Verdict.ECHO);
        now += Duration.ofSeconds(10).toNanos();
        assertThat(small.judge(source(20), source(20), now)).isEqualTo(Verdict.ECHO);
        assertThat(small.sources()).isEqualTo(1);
    }
}
