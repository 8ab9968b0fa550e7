package io.a2al.dht.transport;

import io.a2al.dht.logging.RateLimitedLogger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives until the socket is closed. All other errors are counted and survived: some systems report in a reception
 * that an earlier datagram of this socket did not arrive (known-defects D-31), and a handler that throws must not end
 * the thread. Thread-safe.
 */
final class ReceiveLoop {

    /** A source of datagrams. */
    interface Source {

        /**
         * Receives the next datagram if one is available and returns its sender, else null; throws
         * {@link ClosedChannelException} once the source is closed.
         */
        @Nullable
        SocketAddress poll(ByteBuffer into) throws IOException;

        /** Waits for the next datagram and returns its sender; throws {@link ClosedChannelException} once closed. */
        @Nullable
        SocketAddress receive(ByteBuffer into) throws IOException;
    }

    /** In nanoseconds. Keeps a socket whose every reception fails from using a whole processor. */
    private static final long PAUSE_AFTER_ERROR = Duration.ofMillis(1).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(ReceiveLoop.class);

    private final RateLimitedLogger defects = new RateLimitedLogger(LOG, System::nanoTime);
    private final LongAdder errors = new LongAdder();
    private final AddressCache addresses;

    ReceiveLoop(AddressCache addresses) {
        this.addresses = addresses;
    }

    /**
     * Passes datagrams to {@code handler} until the source is closed; calls its {@code onDrained} before each wait.
     *
     * @param buffer holds one datagram at a time; longer datagrams are cut off
     */
    void run(Source source, byte[] buffer, DatagramHandler handler) {
        ByteBuffer into = ByteBuffer.wrap(buffer);
        while (true) {
            try {
                SocketAddress sender = source.poll(into.clear());
                if (sender == null) {
                    handler.onDrained();
                    sender = source.receive(into.clear());
                }
                if (sender instanceof InetSocketAddress from) {
                    handler.onDatagram(addresses.endpointOf(from), buffer, into.position());
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException transientError) {
                errors.increment();
                LockSupport.parkNanos(PAUSE_AFTER_ERROR);
            } catch (RuntimeException | Error defect) {
                onDefect(defect);
            }
        }
    }

    /** Counts and logs what a handler threw. */
    void onDefect(Throwable defect) {
        errors.increment();
        defects.error("a datagram could not be handled", defect);
    }

    /** Returns the number of failed receptions since the start. */
    long errors() {
        return errors.sum();
    }
}
