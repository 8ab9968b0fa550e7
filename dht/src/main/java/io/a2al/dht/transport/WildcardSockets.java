package io.a2al.dht.transport;

import io.a2al.protocol.message.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All addresses of the machine, at one port, with a socket for each. A socket that is bound to all addresses sends from
 * the address that the system chooses, so that an answer could come from another address than the one asked; an answer
 * sent from the socket at which the request arrived cannot.
 *
 * <p>The system passes a datagram to the socket of the address that it was sent to, and to the wildcard socket if there
 * is none. Requests of the node leave from the wildcard socket, from the address that the system chooses, and the
 * answer arrives at the socket of that address. A thread of its own asks for the machine's addresses at intervals, and
 * opens and closes sockets accordingly. The wildcard socket covers the time between: where the system tells to which
 * address a datagram was sent, that address gets a socket at once ({@link AskedAddress}). This also covers addresses
 * that no list contains, such as 127.0.0.2.
 *
 * <p>One selector waits for all sockets. Of the threads that find no datagram, one waits with it and the others queue
 * for its place, as in {@link UdpSocket}. Thread-safe.
 */
final class WildcardSockets implements Sockets {

    /** Datagrams that a thread takes from one socket before it looks at the others. */
    private static final int MOST_IN_A_ROW = 64;

    /** How often the addresses are listed. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(WildcardSockets.class);

    /** What a thread handles at present. Belongs to that thread. */
    private static final class Arrival {

        private Endpoint from = Endpoint.NOT_UDP;
        private UdpChannel at;

        Arrival(UdpChannel at) {
            this.at = at;
        }
    }

    private final UdpChannel wildcard;
    private final LocalAddresses addresses;
    private final Selector selector;
    private final AddressSockets sockets;
    private final ReentrantLock firstInQueue = new ReentrantLock();
    private final AddressCache endpoints = new AddressCache();
    private final ReceiveLoop reception = new ReceiveLoop(endpoints);
    private final LongAdder sendErrors = new LongAdder();
    private final ThreadLocal<Arrival> arrivals;
    private final Thread follower;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Tells at which addresses the wildcard socket is asked; made when it first is. */
    private volatile Optional<AskedAddress> asked = Optional.empty();

    /** Whether the system does not tell that, so that the wildcard socket is like the others. */
    private volatile boolean wildcardIsPlain;

    private volatile boolean closed;

    private WildcardSockets(UdpChannel wildcard, LocalAddresses addresses, Duration interval, LongSupplier nanos)
            throws IOException {
        this.wildcard = wildcard;
        this.addresses = addresses;
        this.arrivals = ThreadLocal.withInitial(() -> new Arrival(wildcard));
        this.follower = Thread.ofPlatform()
                .name("a2al-addresses-" + wildcard.local().port())
                .daemon()
                .unstarted(() -> follow(interval));
        this.selector = Selector.open();
        this.sockets = new AddressSockets(wildcard, selector, nanos);
    }

    /**
     * Opens the sockets. If this fails, nothing stays open.
     *
     * @throws IOException if the port cannot be bound; the message names the address and the remedy
     */
    static WildcardSockets open(InetSocketAddress listen, LocalAddresses addresses) throws IOException {
        return open(listen, addresses, INTERVAL, System::nanoTime);
    }

    /**
     * Opens the sockets.
     *
     * @param nanos the time for the rate at which sockets are opened for addresses that are asked
     */
    static WildcardSockets open(
            InetSocketAddress listen, LocalAddresses addresses, Duration interval, LongSupplier nanos)
            throws IOException {
        UdpChannel wildcard = UdpChannel.open(listen);
        Optional<WildcardSockets> sockets = Optional.empty();
        boolean opened = false;
        try {
            sockets = Optional.of(new WildcardSockets(wildcard, addresses, interval, nanos));
            sockets.get().start();
            opened = true;
            return sockets.get();
        } finally {
            if (!opened) {
                sockets.ifPresentOrElse(WildcardSockets::close, wildcard::close);
            }
        }
    }

    private void start() throws IOException {
        wildcard.register(selector);
        refresh();
        LOG.info(
                "port {} has a socket for each of {} addresses",
                wildcard.local().port(),
                sockets.size());
        follower.start();
    }

    // ---- the addresses ----------------------------------------------------------------------------------------

    private void follow(Duration interval) {
        try {
            while (!stopped.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                refresh();
            }
        } catch (InterruptedException unexpected) {
            // Closing ends this thread, and it does not interrupt.
            Thread.currentThread().interrupt();
        }
    }

    /** Lists the machine's addresses, and lets the sockets follow. */
    void refresh() {
        try {
            sockets.follow(addresses.present());
        } catch (IOException | RuntimeException failed) {
            // The sockets stay as they are until the next time.
            LOG.debug("the addresses of this machine cannot be listed", failed);
        }
    }

    /** Returns the number of sockets that are bound to one address. */
    int sockets() {
        return sockets.size();
    }

    // ---- receiving --------------------------------------------------------------------------------------------

    @Override
    public void receive(byte[] buffer, DatagramHandler handler) {
        Arrival arrival = arrivals.get();
        reception.run(new Receiver(arrival), buffer, new DatagramHandler() {
            @Override
            public void onDatagram(Endpoint from, byte[] datagram, int length) {
                arrival.from = from;
                handler.onDatagram(from, datagram, length);
            }

            @Override
            public void onDrained() {
                handler.onDrained();
            }
        });
    }

    /**
     * The sockets as one thread sees them. It stays at a socket as long as that has datagrams. It leaves for another in
     * {@link #receive} only, before which the handler sends what it deferred: those answers belong to the one before.
     */
    private final class Receiver implements ReceiveLoop.Source {

        private final Arrival arrival;
        /** Made once, and not each time before the thread waits. */
        private final Consumer<SelectionKey> choice;

        private UdpChannel current = wildcard;
        private @Nullable UdpChannel ready;
        private int inARow;

        Receiver(Arrival arrival) {
            this.arrival = arrival;
            this.choice = this::choose;
        }

        @Override
        public @Nullable SocketAddress poll(ByteBuffer into) throws IOException {
            if (inARow >= MOST_IN_A_ROW || (current == wildcard && !wildcardIsPlain)) {
                return null;
            }
            inARow++;
            return receiveFrom(current, into);
        }

        @Override
        public @Nullable SocketAddress receive(ByteBuffer into) throws IOException {
            firstInQueue.lock();
            try {
                SocketAddress from = null;
                while (from == null) {
                    ready = null;
                    selector.select(choice);
                    // An interrupt has no meaning here, and while it is pending the selector does not wait.
                    Thread.interrupted();
                    UdpChannel chosen = ready;
                    from = chosen == null ? null : receiveFrom(chosen, into);
                }
                inARow = 1;
                return from;
            } catch (ClosedSelectorException end) {
                throw new ClosedChannelException();
            } finally {
                firstInQueue.unlock();
            }
        }

        /** Chooses the first socket that is not the current one; the system lists ready sockets in turn. */
        private void choose(SelectionKey candidate) {
            if (ready == null || ready == current) {
                ready = (UdpChannel) candidate.attachment();
            }
        }

        private @Nullable SocketAddress receiveFrom(UdpChannel socket, ByteBuffer into) throws IOException {
            try {
                if (socket == wildcard && tellsAddresses()) {
                    return receiveAsked(into);
                }
                SocketAddress from = socket.receive(into);
                if (from != null) {
                    current = socket;
                    arrival.at = socket;
                }
                return from;
            } catch (ClosedChannelException gone) {
                if (closed) {
                    throw gone;
                }
                return null;
            }
        }

        private @Nullable SocketAddress receiveAsked(ByteBuffer into) throws IOException {
            AskedAddress.Asked datagram = asked.isPresent() ? asked.get().receive(into) : null;
            if (datagram == null) {
                return null;
            }
            current = wildcard;
            arrival.at = datagram.at().map(sockets::at).orElse(wildcard);
            return datagram.from();
        }
    }

    /** Most nodes are never asked at an address that is not listed, so that the means are made for the first time. */
    private boolean tellsAddresses() throws ClosedChannelException {
        if (asked.isEmpty() && !wildcardIsPlain) {
            synchronized (this) {
                if (closed) {
                    throw new ClosedChannelException();
                }
                if (asked.isEmpty()) {
                    asked = AskedAddress.of(wildcard.local());
                    wildcardIsPlain = asked.isEmpty();
                }
            }
        }
        return !wildcardIsPlain;
    }

    // ---- sending ----------------------------------------------------------------------------------------------

    /** Sends to the peer whose datagram the thread handles as {@link #answer} does: a firewall may expect that. */
    @Override
    public boolean send(Endpoint to, byte[] datagram, int length) {
        Arrival arrival = arrivals.get();
        return send(to.equals(arrival.from) ? arrival.at : wildcard, to, datagram, length);
    }

    @Override
    public boolean answer(Endpoint to, byte[] datagram, int length) {
        return send(arrivals.get().at, to, datagram, length);
    }

    private boolean send(UdpChannel socket, Endpoint to, byte[] datagram, int length) {
        boolean sent = socket.send(endpoints.addressOf(to), datagram, length);
        if (!sent) {
            sendErrors.increment();
        }
        return sent;
    }

    @Override
    public UdpChannel arrival() {
        return arrivals.get().at;
    }

    @Override
    public void resume(Endpoint from, UdpChannel socket) {
        Arrival arrival = arrivals.get();
        arrival.from = from;
        arrival.at = socket;
    }

    // ---- the rest ---------------------------------------------------------------------------------------------

    @Override
    public Endpoint local() {
        return wildcard.local();
    }

    @Override
    public ReceiveLoop reception() {
        return reception;
    }

    @Override
    public long sendErrors() {
        return sendErrors.sum();
    }

    /** Returns the buffers of one socket, all having the same, and the drops of all. */
    @Override
    public synchronized SocketStatistics statistics() {
        SocketStatistics one = wildcard.statistics(reception.errors());
        long others = sockets.dropped();
        return new SocketStatistics(
                one.askedReceiveBuffer(),
                one.receiveBuffer(),
                one.askedSendBuffer(),
                one.sendBuffer(),
                one.dropped().map(own -> own + others),
                one.receiveErrors());
    }

    /** Closes the selector too: the channels are registered with it, and the port is free only then. */
    @Override
    public void close() {
        stopped.countDown();
        synchronized (this) {
            closed = true;
            asked.ifPresent(AskedAddress::close);
            wildcard.close();
            sockets.close();
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.warn("closing the selector of port {} failed: {}", local().port(), e.toString());
        }
        Threads.joinUninterruptibly(follower);
    }
}
