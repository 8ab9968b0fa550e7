package io.a2al.bench.http;

import io.a2al.bench.load.Latencies;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All HTTP clients of a load, served by the calling thread: connections that ask in turn, and readers of events. Only
 * what is needed of HTTP/1.1: status, length, and the end of the header. Not thread-safe.
 */
final class HttpClients implements AutoCloseable {

    /** Connections that ask; each has one request under way. */
    private static final int ASKING = 128;

    private static final int BUFFER = 1 << 16;
    private static final String HEADER_END = "\r\n\r\n";
    private static final String LENGTH = "content-length:";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final InetSocketAddress api;
    private final List<String> paths;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final Deque<Asking> idle = new ArrayDeque<>();
    private final List<Reading> readers = new ArrayList<>();
    private Counts counts = new Counts();
    private long asked;

    /** What a measurement counts. */
    static final class Counts {
        final Latencies latencies = new Latencies();
        long failed;
        long late;
        long events;
        long elapsed;
    }

    /** A connection, which is told what it received. */
    private abstract static class Connection {

        final SocketChannel channel;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        abstract void received(String text) throws IOException;

        abstract void ended();
    }

    /**
     * Opens the connections; they have sent nothing.
     *
     * @param paths what is asked, in turn
     */
    HttpClients(InetSocketAddress api, List<String> paths) throws IOException {
        this.api = api;
        this.paths = paths;
        try {
            for (int i = 0; i < ASKING; i++) {
                idle.add(newAsking());
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(api);
        channel.configureBlocking(false);
        return channel;
    }

    private Asking newAsking() throws IOException {
        Asking connection = new Asking(connect());
        connection.channel.register(selector, SelectionKey.OP_READ, connection);
        return connection;
    }

    private void open() throws IOException {
        Reading reader = new Reading(connect());
        readers.add(reader);
        write(reader.channel, "/v1/events");
        reader.channel.register(selector, SelectionKey.OP_READ, reader);
    }

    /** A request fits the buffer of a socket that has sent nothing else. */
    private void write(SocketChannel channel, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: "
                + api.getAddress().getHostAddress() + ":" + api.getPort() + HEADER_END;
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Opens streams of events, and waits until they have begun. */
    void openReaders(int count, Duration limit) throws IOException {
        for (int i = 0; i < count; i++) {
            open();
        }
        awaitReaders(limit);
    }

    /** Returns how many readers have their stream. */
    int readersOpen() {
        return (int) readers.stream().filter(reader -> reader.isOpen).count();
    }

    private void awaitReaders(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (readersOpen() < readers.size()) {
            poll(10);
            if (System.nanoTime() - end > 0) {
                throw new IOException(readersOpen() + " of " + readers.size()
                        + " readers have a stream; raise the limit of open" + " files (ulimit -n)");
            }
        }
    }

    /** Asks at this rate for this long, and returns what came; 0 to read only. */
    Counts run(int rate, Duration duration) throws IOException {
        counts = new Counts();
        long start = System.nanoTime();
        long sent = 0;
        long now = start;
        while (now - start < duration.toNanos()) {
            while (rate > 0 && start + sent * SECOND / rate <= now && !idle.isEmpty()) {
                ask(idle.remove(), start + sent * SECOND / rate);
                sent++;
            }
            poll(1);
            now = System.nanoTime();
        }
        counts.elapsed = now - start;
        counts.late = Math.max(0, counts.elapsed * rate / SECOND - sent);
        return counts;
    }

    private void ask(Asking connection, long due) throws IOException {
        connection.due = due;
        write(connection.channel, paths.get((int) (asked++ % paths.size())));
    }

    private void poll(long timeoutMillis) throws IOException {
        selector.select(key -> receive((Connection) key.attachment()), timeoutMillis);
    }

    private void receive(Connection connection) {
        try {
            buffer.clear();
            int length = connection.channel.read(buffer);
            if (length < 0) {
                throw new EOFException("closed");
            }
            connection.received(new String(buffer.array(), 0, length, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            connection.ended();
        }
    }

    /** Asks, and waits for the whole answer. */
    private final class Asking extends Connection {

        private long due;
        private @Nullable StringBuilder header = new StringBuilder();
        private boolean isSuccess;
        private long left;

        Asking(SocketChannel channel) {
            super(channel);
        }

        @Override
        void received(String text) throws IOException {
            if (header == null) {
                left -= text.length();
            } else {
                header.append(text);
                int end = header.indexOf(HEADER_END);
                if (end < 0) {
                    return;
                }
                String fields = header.substring(0, end).toLowerCase(Locale.ROOT);
                isSuccess = fields.startsWith("http/1.1 200");
                int at = fields.indexOf(LENGTH);
                if (at < 0) {
                    throw new IOException("an answer without length");
                }
                int lineEnd = fields.indexOf('\r', at);
                String number = fields.substring(at + LENGTH.length(), lineEnd < 0 ? fields.length() : lineEnd);
                left = Long.parseLong(number.strip()) - (header.length() - end - HEADER_END.length());
                header = null;
            }
            if (left == 0) {
                header = new StringBuilder();
                if (isSuccess) {
                    counts.latencies.add(System.nanoTime() - due);
                } else {
                    counts.failed++;
                }
                idle.add(this);
            }
        }

        @Override
        void ended() {
            counts.failed++;
            idle.remove(this);
            try {
                channel.close();
                idle.add(newAsking());
            } catch (IOException refused) {
                // One connection fewer; the others go on.
            }
        }
    }

    /** Counts the events of a stream. */
    private final class Reading extends Connection {

        private boolean isOpen;

        Reading(SocketChannel channel) {
            super(channel);
        }

        @Override
        void received(String text) throws IOException {
            if (!isOpen && !text.startsWith("HTTP/1.1 200")) {
                throw new IOException("no stream");
            }
            isOpen = true;
            for (int at = text.indexOf("\nevent: "); at >= 0; at = text.indexOf("\nevent: ", at + 1)) {
                counts.events++;
            }
        }

        @Override
        void ended() {
            isOpen = false;
            try {
                channel.close();
            } catch (IOException closing) {
                // It is counted as lost.
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
