package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks the system how many datagrams for a socket it has dropped. Java has no call for that. Linux lists its UDP
 * sockets in two files, one for each IP version, with a line for each socket: the second column is its local address
 * and port, the last one the number of drops. Reading takes longer the more sockets there are, so it is for statistics
 * only. Stateless and thread-safe.
 */
final class SystemDrops {

    private static final int LOCAL_COLUMN = 1;
    private static final int DROPS_COLUMN = 12;
    private static final int WORD = 4;

    private final Path ipv4;
    private final Path ipv6;

    /** Reads these two files. */
    SystemDrops(Path ipv4, Path ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /** Returns a reader of the files of Linux. */
    static SystemDrops ofSystem() {
        return new SystemDrops(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    }

    /**
     * Returns the number of datagrams dropped for the socket with this local address; empty if the system does not
     * report it.
     */
    Optional<Long> of(Endpoint local) {
        String port = String.format(Locale.ROOT, "%04X", local.port());
        return read(ipv4, words(ipv4Bytes(local)) + ":" + port)
                .or(() -> read(ipv6, words(ipv6Bytes(local)) + ":" + port));
    }

    /** An unspecified address belongs to both IP versions, as a socket of Java does. */
    private static byte[] ipv4Bytes(Endpoint local) {
        return local.scope() == Endpoint.Scope.UNSPECIFIED ? new byte[4] : local.ip();
    }

    private static byte[] ipv6Bytes(Endpoint local) {
        if (local.scope() == Endpoint.Scope.UNSPECIFIED) {
            return new byte[16];
        }
        byte[] ip = local.ip();
        return ip.length == 4 ? new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, ip[0], ip[1], ip[2], ip[3]} : ip;
    }

    /** Returns the digits of an address: words of four bytes, each a number in the byte order of the machine. */
    private static String words(byte[] ip) {
        byte[] ordered = ip.clone();
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            for (int i = 0; i < ip.length; i++) {
                ordered[i] = ip[i - i % WORD + WORD - 1 - i % WORD];
            }
        }
        return HexFormat.of().withUpperCase().formatHex(ordered);
    }

    private static Optional<Long> read(Path file, String local) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> List.of(line.strip().split("\\s+")))
                    .filter(columns -> columns.size() > DROPS_COLUMN
                            && columns.get(LOCAL_COLUMN).equals(local))
                    .map(columns -> Long.parseLong(columns.get(DROPS_COLUMN)))
                    .findFirst();
        } catch (IOException | RuntimeException anotherSystem) {
            return Optional.empty();
        }
    }
}
