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
 * Receives until the socket is closed, whatever else happens: other errors are counted and survived, since some systems
 * report there that an earlier datagram of ours did not arrive (known-defects D-31). Thread-safe.
 */
final class ReceiveLoop {

    /** Where datagrams come from. */
    interface Source {

        /**
         * The next datagram if there is one already, else null; throws {@link ClosedChannelException} when there will
         * be none.
         */
        @Nullable
        SocketAddress poll(ByteBuffer into) throws IOException;

        /** Waits for the next datagram; throws {@link ClosedChannelException} when there will be none. */
        @Nullable
        SocketAddress receive(ByteBuffer into) throws IOException;
    }

    private static final long PAUSE_AFTER_ERROR = Duration.ofMillis(1).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger(ReceiveLoop.class);

    private final RateLimitedLogger defects = new RateLimitedLogger(LOG, System::nanoTime);
    private final LongAdder errors = new LongAdder();
    private final AddressCache addresses;

    ReceiveLoop(AddressCache addresses) {
        this.addresses = addresses;
    }

    /**
     * Hands datagrams to {@code handler} until the source is closed, and tells it each time before it waits for one.
     *
     * @param buffer for one datagram; longer ones are cut off
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
            } catch (RuntimeException defect) {
                onDefect(defect);
            }
        }
    }

    /** A defect of ours must not silence the node, but has to be seen. */
    void onDefect(RuntimeException defect) {
        errors.increment();
        defects.error("a datagram could not be handled", defect);
    }

    /** Failed receptions since the start. */
    long errors() {
        return errors.sum();
    }
}
