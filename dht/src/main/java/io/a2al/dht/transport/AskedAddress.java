package io.a2al.dht.transport;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives from a socket that is bound to all addresses, and tells to which address a datagram was sent. Java has no
 * call for that, so this calls the C library, on a 64-bit Linux only: {@code recvmsg} with the control message
 * IP_PKTINFO. The socket belongs to a channel, which does not tell its descriptor; it is found by way of {@code /proc}.
 * Slower than the channel, and for rare datagrams: an address that the machine is known to have gets a socket of its
 * own. Thread-safe.
 */
final class AskedAddress {

    private static final Logger LOG = LoggerFactory.getLogger(AskedAddress.class);

    // Numbers of Linux, from its headers.
    private static final int IPPROTO_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_PKTINFO = 50;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final short AF_INET = 2;

    // Offsets in struct msghdr.
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int IO_VECTORS = 16;
    private static final int IO_VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int MESSAGE_SIZE = 56;

    /** Length of struct cmsghdr, in bytes, behind which is its content. */
    private static final int CONTROL_HEADER = 16;

    private static final int MAX_NAME = 128;
    private static final int MAX_CONTROL = 256;

    /** Longer than what any transport receives, in bytes. */
    private static final int MAX_DATAGRAM = 1 << 16;

    private static final int INODE_COLUMN = 9;

    /** The functions of the C library. */
    private record Functions(MethodHandle setsockopt, MethodHandle recvmsg, MemorySegment state, VarHandle errno) {}

    private final int descriptor;
    private final Functions functions;
    private final MemorySegment name;
    private final MemorySegment vector;
    private final MemorySegment control;
    private final MemorySegment message;
    private final MemorySegment data;
    private boolean closed;

    private AskedAddress(int descriptor, Functions functions) {
        Arena arena = Arena.ofAuto();
        this.descriptor = descriptor;
        this.functions = functions;
        this.name = arena.allocate(MAX_NAME, Long.BYTES);
        this.control = arena.allocate(MAX_CONTROL, Long.BYTES);
        this.vector = arena.allocate(2 * Long.BYTES, Long.BYTES);
        this.message = arena.allocate(MESSAGE_SIZE, Long.BYTES);
        this.data = arena.allocate(MAX_DATAGRAM, Long.BYTES);
        vector.set(ADDRESS, 0, data);
        message.set(ADDRESS, NAME, name);
        message.set(ADDRESS, IO_VECTORS, vector);
        message.set(JAVA_LONG, IO_VECTOR_COUNT, 1);
        message.set(ADDRESS, CONTROL, control);
    }

    /** Returns a receiver for the socket bound to {@code local}, an unspecified address; empty if there can be none. */
    static Optional<AskedAddress> of(Endpoint local) {
        if (!System.getProperty("os.name", "").equals("Linux") || ADDRESS.byteSize() != Long.BYTES) {
            return Optional.empty();
        }
        try {
            AskedAddress receiver = new AskedAddress(descriptorOf(local), link());
            receiver.askForAddresses();
            return Optional.of(receiver);
        } catch (IOException | RuntimeException | LinkageError unable) {
            LOG.info("cannot tell at which address {} is asked: {}", local, unable.toString());
            return Optional.empty();
        }
    }

    private static int descriptorOf(Endpoint local) throws IOException {
        String port = String.format(Locale.ROOT, ":%04X", local.port());
        String inode = inode(Path.of("/proc/net/udp6"), "0".repeat(32) + port)
                .or(() -> inode(Path.of("/proc/net/udp"), "0".repeat(8) + port))
                .orElseThrow(() -> new IOException("the socket is not in /proc/net/udp"));
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : descriptors) {
                if (isLinkTo(each, "socket:[" + inode + "]")) {
                    return Integer.parseInt(each.getFileName().toString());
                }
            }
        }
        throw new IOException("the socket is not in /proc/self/fd");
    }

    /** A descriptor may have been closed since the directory was read. */
    private static boolean isLinkTo(Path link, String target) {
        try {
            return Files.readSymbolicLink(link).toString().equals(target);
        } catch (IOException closed) {
            return false;
        }
    }

    private static Optional<String> inode(Path file, String local) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns.length > INODE_COLUMN && columns[1].equals(local))
                    .map(columns -> columns[INODE_COLUMN])
                    .findFirst();
        } catch (IOException | RuntimeException none) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("restricted")
    private static Functions link() {
        Linker linker = Linker.nativeLinker();
        Linker.Option errors = Linker.Option.captureCallState("errno");
        var state = Linker.Option.captureStateLayout();
        return new Functions(
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("setsockopt"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT)),
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("recvmsg"),
                        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
                        errors),
                Arena.ofAuto().allocate(state),
                state.varHandle(MemoryLayout.PathElement.groupElement("errno")));
    }

    /** A socket for both IP versions tells an IPv4 address as an IPv4-mapped one. */
    private void askForAddresses() throws IOException {
        if (!setOption(IPPROTO_IPV6, IPV6_RECVPKTINFO) && !setOption(IPPROTO_IP, IP_PKTINFO)) {
            throw new IOException("the system refuses the option");
        }
    }

    private boolean setOption(int level, int option) throws IOException {
        control.set(JAVA_INT, 0, 1);
        try {
            return (int) functions.setsockopt().invokeExact(descriptor, level, option, control, Integer.BYTES) == 0;
        } catch (Throwable impossible) {
            throw failure(impossible);
        }
    }

    /** A function of the C library throws nothing. */
    private static IOException failure(Throwable impossible) {
        if (impossible instanceof Error error) {
            throw error;
        }
        return new IOException(impossible);
    }

    /**
     * Receives the next datagram if one is available, and returns its sender and the address to which it was sent, else
     * null.
     */
    synchronized @Nullable Asked receive(ByteBuffer into) throws IOException {
        if (closed) {
            return null;
        }
        vector.set(JAVA_LONG, Long.BYTES, Math.min(into.remaining(), MAX_DATAGRAM));
        message.set(JAVA_INT, NAME_LENGTH, MAX_NAME);
        message.set(JAVA_LONG, CONTROL_LENGTH, MAX_CONTROL);
        long length = receive();
        if (length < 0) {
            int error = (int) functions.errno().get(functions.state(), 0L);
            if (error == EAGAIN || error == EINTR) {
                return null;
            }
            throw new IOException("cannot receive: error " + error);
        }
        into.put(data.asSlice(0, length).asByteBuffer());
        return new Asked(sender(), askedAddress());
    }

    /**
     * A received datagram.
     *
     * @param from its sender
     * @param at the address of this machine to which it was sent
     */
    record Asked(InetSocketAddress from, Optional<InetAddress> at) {}

    private long receive() throws IOException {
        try {
            return (long) functions.recvmsg().invokeExact(functions.state(), descriptor, message, MSG_DONTWAIT);
        } catch (Throwable impossible) {
            throw failure(impossible);
        }
    }

    /** Reads struct sockaddr_in or sockaddr_in6. */
    private InetSocketAddress sender() throws UnknownHostException {
        int port = Short.toUnsignedInt(name.get(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2));
        return name.get(JAVA_SHORT, 0) == AF_INET
                ? new InetSocketAddress(InetAddress.getByAddress(bytes(name, 4, 4)), port)
                : new InetSocketAddress(ipv6(bytes(name, 8, 16), name.get(JAVA_INT, 24)), port);
    }

    /** Reads struct in_pktinfo or in6_pktinfo from the control messages. */
    private Optional<InetAddress> askedAddress() throws UnknownHostException {
        long end = message.get(JAVA_LONG, CONTROL_LENGTH);
        long at = 0;
        while (at + CONTROL_HEADER <= end) {
            long length = control.get(JAVA_LONG, at);
            int level = control.get(JAVA_INT, at + 8);
            int type = control.get(JAVA_INT, at + 12);
            long content = at + CONTROL_HEADER;
            if (level == IPPROTO_IPV6 && type == IPV6_PKTINFO) {
                return Optional.of(ipv6(bytes(control, content, 16), control.get(JAVA_INT, content + 16)));
            }
            if (level == IPPROTO_IP && type == IP_PKTINFO) {
                return Optional.of(InetAddress.getByAddress(bytes(control, content + 8, 4)));
            }
            at += Math.max(CONTROL_HEADER, (length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        }
        return Optional.empty();
    }

    private static byte[] bytes(MemorySegment from, long at, int length) {
        return from.asSlice(at, length).toArray(JAVA_BYTE);
    }

    /** Returns an IPv4 address if {@code ip} is mapped; only an address of one link names its interface. */
    private static InetAddress ipv6(byte[] ip, int interfaceIndex) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(ip);
        return address.isLinkLocalAddress() && address instanceof Inet6Address
                ? Inet6Address.getByAddress(null, ip, interfaceIndex)
                : address;
    }

    /** Does not close the socket, but must be called before: another file may get its descriptor. */
    synchronized void close() {
        closed = true;
    }
}
