package io.a2al.core.nat;

import io.a2al.core.api.Command;
import io.a2al.core.api.Input;
import io.a2al.core.api.NatStatus;
import io.a2al.core.api.Outcome;
import io.a2al.core.bounds.Occupancy;
import io.a2al.core.guard.RequestVerdict;
import io.a2al.core.liveness.ConnectivityListener;
import io.a2al.core.routing.RoutingTable;
import io.a2al.core.rpc.AddressListener;
import io.a2al.core.rpc.Outbox;
import io.a2al.core.time.Clockwork;
import io.a2al.core.time.NodeTime;
import io.a2al.core.time.TimerName;
import io.a2al.core.time.Timers;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds out how the network sees us: collects what peers observe, probes now and then whether our public address can be
 * reached (node.md section 13, "Host-level use"), and knows which peers behind our own NAT cannot be reached. Not
 * thread-safe.
 */
public final class NatService implements AddressListener, ConnectivityListener {

    private final NatSettings settings;
    private final RoutingTable table;
    private final ObservedAddresses observed;
    private final EchoService echoes;
    private final NatProbes probes;
    private final Hairpins hairpins;
    private final RandomGenerator random;
    private final Timers.Timer nextCheck;
    private final Outbox outbox;

    /** Our public address as the operator told us; its port is 0. */
    private Optional<Endpoint> externalIp = Optional.empty();

    /** The probes that the application waits for, by operation. */
    private final Map<Long, NatProbes.Completion> awaited = new HashMap<>();

    private Optional<Check> latest = Optional.empty();
    private boolean bindPublic;

    private record Check(Endpoint claimed, long at) {}

    public NatService(NatSettings settings, RoutingTable table, Clockwork clockwork, Outbox outbox) {
        this.settings = settings;
        this.table = table;
        this.random = clockwork.random();
        this.nextCheck = clockwork.timers().create(TimerName.NAT_CHECK, this::tick);
        this.outbox = outbox;
        this.observed = new ObservedAddresses(settings);
        this.echoes = new EchoService(settings.echoes());
        this.probes = new NatProbes(settings.maxProbes(), echoes, random, clockwork.timers(), outbox);
        this.hairpins =
                new Hairpins(settings.hairpins().memory(), settings.hairpins().maxPeers());
    }

    /** Schedules the first check; called once. */
    public void begin(NodeTime now) {
        if (!settings.privateNetwork()) {
            nextCheck.set(now.nanos() + settings.checks().tick().toNanos());
        }
    }

    // ---- what requests tell -----------------------------------------------------------------------------------

    @Override
    public void onAnswer(NodeTime now, Contact node, Message answer) {
        hairpins.answered(node.endpoint());
        answer.observedAddress().ifPresent(endpoint -> {
            observed.report(node, endpoint, now.nanos());
            outbox.observed(node.nodeId(), endpoint);
        });
    }

    @Override
    public void onTimeout(NodeTime now, Endpoint address) {
        hairpins.silent(address, now.nanos());
    }

    @Override
    public boolean isHopeless(NodeTime now, Endpoint address) {
        return hairpins.isHopeless(address, now.nanos());
    }

    // ---- what messages and commands tell ----------------------------------------------------------------------

    /** Takes a request, and handles it if it is a NAT probe or an echo. */
    public void onRequest(NodeTime now, Input.Received received, RequestVerdict verdict) {
        switch (received.envelope().message()) {
            case Message.NatProbeRequest request -> probes.onRequest(now, verdict, request);
            case Message.NatProbeEcho echo -> probes.onEcho(now, echo.token());
            default -> {
                // Other messages are handled elsewhere.
            }
        }
    }

    /** Returns whether an echo is expected. */
    public boolean awaitsEcho() {
        return probes.waiting() > 0;
    }

    /** Asks a node for an echo; completes with {@link Outcome.Probed}, or is refused at the limit of probes. */
    public void probe(NodeTime now, long operation, Command.ProbeNat command) {
        NatProbes.Completion completion = (later, reached) -> {
            awaited.remove(operation);
            outbox.complete(operation, new Outcome.Probed(reached));
        };
        if (probes.probe(now, command.via(), command.claimed(), command.timeout(), completion)) {
            awaited.put(operation, completion);
        } else {
            outbox.complete(
                    operation,
                    new Outcome.Refused("the limit of NAT probes under way, " + settings.maxProbes() + ", is reached"));
        }
    }

    /** Ends this probe without an outcome; nothing happens if it is over already. */
    public void cancel(long operation) {
        NatProbes.Completion completion = awaited.remove(operation);
        if (completion != null) {
            probes.cancel(completion);
        }
    }

    /** See {@code NodeCore.setBindPublic}. */
    public void setBindPublic(boolean value) {
        bindPublic = value;
        observed.recordBindPublic(value);
    }

    /** See {@code NodeCore.setExternalIp}. */
    public void setExternalIp(NodeTime now, Optional<Endpoint> ip) {
        externalIp = ip.map(endpoint -> endpoint.unmapped().withPort(0));
        locateSelf(now);
    }

    @Override
    public void onNetworkChanged(NodeTime now) {
        observed.networkChanged();
        hairpins.forget();
        latest = Optional.empty();
        locateSelf(now);
    }

    /**
     * Sets our own endpoint. The IP set by the operator has precedence; the observed port counts only with that IP.
     * Returns the endpoint that peers see.
     */
    private Optional<Endpoint> locateSelf(NodeTime now) {
        Optional<Endpoint> seen = observed.publicEndpoint(now.nanos());
        hairpins.setSelf(externalIp
                .map(told -> seen.filter(told::hasSameIp).orElse(told))
                .or(() -> seen));
        return seen;
    }

    // ---- looking after ourselves ------------------------------------------------------------------------------

    private void tick(NodeTime now) {
        nextCheck.set(now.nanos() + settings.checks().tick().toNanos());
        Optional<Endpoint> seen = locateSelf(now);
        if (!bindPublic) {
            seen.filter(claimed -> isDue(now, claimed)).ifPresent(claimed -> check(now, claimed));
        }
    }

    private boolean isDue(NodeTime now, Endpoint claimed) {
        return latest.filter(check -> check.claimed().equals(claimed)
                        && now.nanos() - check.at()
                                < settings.checks().interval().toNanos())
                .isEmpty();
    }

    /** Asks some peers for echoes to our public address, which is reachable if one arrives. */
    private void check(NodeTime now, Endpoint claimed) {
        List<Contact> peers = witnesses(claimed);
        if (peers.isEmpty()) {
            return;
        }
        latest = Optional.of(new Check(claimed, now.nanos()));
        Tally tally = new Tally(claimed);
        for (Contact peer : peers) {
            if (probes.probe(now, peer.endpoint(), claimed, settings.checks().timeout(), tally)) {
                tally.open++;
            }
        }
    }

    /** Draws public contacts at random, so that the same few do not decide each time. */
    private List<Contact> witnesses(Endpoint claimed) {
        List<Contact> eligible = new ArrayList<>();
        for (Contact contact : table.contacts()) {
            Endpoint endpoint = contact.endpoint();
            if (endpoint.isPublic() && endpoint.isIpv4() == claimed.isIpv4() && !endpoint.hasSameIp(claimed)) {
                eligible.add(contact);
            }
        }
        List<Contact> drawn = new ArrayList<>();
        while (!eligible.isEmpty() && drawn.size() < settings.checks().peers()) {
            drawn.add(eligible.remove(random.nextInt(eligible.size())));
        }
        return drawn;
    }

    private final class Tally implements NatProbes.Completion {

        private final Endpoint claimed;
        private int open;
        private boolean settled;

        Tally(Endpoint claimed) {
            this.claimed = claimed;
        }

        @Override
        public void onDone(NodeTime now, boolean reached) {
            open--;
            if (!settled && (reached || open == 0)) {
                settled = true;
                observed.recordProbeResult(claimed, reached, now.nanos());
            }
        }
    }

    // ---- looking ----------------------------------------------------------------------------------------------

    /** Returns how the network sees us. */
    public NatStatus status(NodeTime now) {
        return observed.status(now.nanos());
    }

    /** Returns the statistics of observing and probing. */
    public NatStatistics statistics() {
        return new NatStatistics(
                new Occupancy(observed.size(), settings.reports().maxReporters()),
                new Occupancy(probes.waiting(), settings.maxProbes()),
                new Occupancy(echoes.sources(), settings.echoes().maxSources()),
                new Occupancy(hairpins.size(), settings.hairpins().maxPeers()),
                observed.ignored(),
                echoes.verdicts());
    }
}
