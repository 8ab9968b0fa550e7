package io.a2al.dht.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Over samples as a Linux on a machine with the lowest byte first writes them. */
@EnabledIf("isLittleEndian")
class SystemDropsTest {

    private static final String HEADER =
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref"
                    + " pointer drops\n";

    private static final String IPV4 = HEADER
            + "  417: 0100007F:1019 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 21 2"
            + " 00000000a 7\n"
            + "  418: 0200007F:1019 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 22 2"
            + " 00000000b 8\n"
            + "  500: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 23 2"
            + " 00000000c 9\n";

    private static final String IPV6 = HEADER
            + "  100: 00000000000000000000000000000000:1019 00000000000000000000000000000000:0000 07 00000000:00000000"
            + " 00:00000000 00000000     0        0 31 2 00000000d 4294967296\n"
            + "  101: 0000000000000000FFFF00000300007F:101A 00000000000000000000000000000000:0000 07 00000000:00000000"
            + " 00:00000000 00000000     0        0 32 2 00000000e 11\n"
            + "  102: B80D0120000000000000000001000000:101B 00000000000000000000000000000000:0000 07 00000000:00000000"
            + " 00:00000000 00000000     0        0 33 2 00000000f 12\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private SystemDrops drops = SystemDrops.ofSystem();

    static boolean isLittleEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    @BeforeEach
    void writeSamples() throws Exception {
        drops = new SystemDrops(
                Files.writeString(folder.resolve("udp"), IPV4), Files.writeString(folder.resolve("udp6"), IPV6));
    }

    @Test
    void aSocketIsFoundByItsAddressAndPort() {
        assertThat(drops.of(Endpoints.of(Endpoints.parse("127.0.0.1:4121", 0)))).contains(7L);
        assertThat(drops.of(Endpoints.of(Endpoints.parse("127.0.0.2:4121", 0)))).contains(8L);
        assertThat(drops.of(Endpoints.of(Endpoints.parse("0.0.0.0:68", 0)))).contains(9L);
        assertThat(drops.of(Endpoints.of(Endpoints.parse("127.0.0.3:4121", 0)))).isEmpty();
        assertThat(drops.of(Endpoints.of(Endpoints.parse("127.0.0.1:4122", 0)))).isEmpty();
    }

    /** Sockets of Java have IPv6 addresses, even if they are bound to an IPv4 one. */
    @Test
    void socketsOfBothVersionsAreFoundAmongThoseOfIpv6() {
        assertThat(drops.of(Endpoints.of(Endpoints.parse("0.0.0.0:4121", 0)))).contains(4_294_967_296L);
        assertThat(drops.of(Endpoints.of(Endpoints.parse("127.0.0.3:4122", 0)))).contains(11L);
        assertThat(drops.of(Endpoints.of(Endpoints.parse("[2001:db8::1]:4123", 0))))
                .contains(12L);
    }

    @Test
    void nothingIsKnownWhereTheFilesAreMissingOrOfAnotherForm() throws Exception {
        SystemDrops missing = new SystemDrops(folder.resolve("a"), folder.resolve("b"));
        Path other = Files.writeString(folder.resolve("other"), HEADER + "417: 0100007F:1019 no such columns\n\n");

        assertThat(missing.of(Endpoints.of(Endpoints.parse("127.0.0.1:4121", 0))))
                .isEmpty();
        assertThat(new SystemDrops(other, other).of(Endpoints.of(Endpoints.parse("127.0.0.1:4121", 0))))
                .isEmpty();
    }
}
