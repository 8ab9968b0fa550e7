package io.a2al.http.registry;

import io.a2al.dht.logging.RateLimitedLogger;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.http.schedule.Periodic;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordPayload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the publications of each agent while it is alive and its delegation is valid, and ends them otherwise.
 * Thread-safe.
 */
final class AgentKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentRegistry.class);

    /** How long before its end a delegation is announced to end. */
    static final Duration NOTICE = Duration.ofDays(1);

    /**
     * What is published as the endpoint of every agent: no URL, as this node takes no streams for it, and so no kind of
     * NAT either; but the record has the key to seal mail with.
     */
    static final EndpointPayload ENDPOINT = EndpointPayload.of(List.of());

    private final RegistrySettings settings;
    private final InstantSource clock;
    private final ServiceTarget.Probe probe;
    private final RateLimitedLogger limitedLog = new RateLimitedLogger(LOG, System::nanoTime);
    private final Periodic timer;

    /**
     * Does nothing until it is started.
     *
     * @param check what is done at intervals
     */
    AgentKeeper(RegistrySettings settings, InstantSource clock, ServiceTarget.Probe probe, Runnable check) {
        this.settings = settings;
        this.clock = clock;
        this.probe = probe;
        this.timer = new Periodic("a2al-agents", "looking after the agents", check, LOG);
    }

    /** Begins to look after the agents, at once and then at intervals. */
    void start() {
        timer.withPause(settings.interval());
    }

    /** Checks each agent; asks the programs of those that sent no request lately, all at once. */
    void checkAll(List<RegisteredAgent> agents) {
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            agents.forEach(agent -> asking.execute(() -> checkSafely(agent)));
        }
    }

    /** Checks an agent; a failure does not keep others from being checked. */
    private void checkSafely(RegisteredAgent agent) {
        try {
            check(agent);
        } catch (NodeClosedException nothingToPublish) {
            // The program ends.
        } catch (RuntimeException | Error e) {
            limitedLog.error("looking after the agent {} failed; it is tried again", agent.address(), e);
        }
    }

    private void check(RegisteredAgent agent) {
        announceEnd(agent);
        if (isValid(agent) && (hasRecentHeartbeat(agent) || answers(agent))) {
            publishMissing(agent);
        } else {
            agent.publications().endAll();
        }
    }

    /** Returns true if an agent sent a request lately. */
    boolean hasRecentHeartbeat(RegisteredAgent agent) {
        Instant since = clock.instant().minus(settings.aliveFor());
        return agent.heartbeat().filter(since::isBefore).isPresent();
    }

    /** Returns true if the program of an agent accepts connections; waits for that. */
    boolean answers(RegisteredAgent agent) {
        String target = agent.kept().target();
        try {
            return !target.isEmpty() && probe.accepts(ServiceTarget.parse(target));
        } catch (IllegalArgumentException noLongerHere) {
            // This machine had the address when it was given.
            return false;
        }
    }

    /** Returns true if the delegation of an agent is valid now. */
    boolean isValid(RegisteredAgent agent) {
        long now = clock.instant().getEpochSecond();
        return agent.kept().proof().validityAt(now) == DelegationProof.Validity.VALID
                && agent.kept()
                        .delegationEnd()
                        .filter(end -> end.getEpochSecond() <= now)
                        .isEmpty();
    }

    private void announceEnd(RegisteredAgent agent) {
        Instant soon = clock.instant().plus(NOTICE);
        agent.delegationEnd().filter(end -> end.isBefore(soon)).ifPresent(end -> {
            if (agent.announceExpiry()) {
                LOG.warn(
                        "the delegation of {} ends at {}; have its owner sign a new one, and register it with that",
                        agent.address(),
                        end);
            }
        });
    }

    /** Publishes what should be published and is not, and ends what should not. Waits for nothing. */
    void publishMissing(RegisteredAgent agent) {
        KeptAgent kept = agent.kept();
        if (!isValid(agent)) {
            return;
        }
        Map<String, RecordPayload> wanted = kept.payloads(ENDPOINT);
        if (agent.hasOwnProfileAt(clock.instant())) {
            wanted.remove(KeptAgent.PROFILE);
        }
        agent.publications().endAllBut(wanted.keySet());
        wanted.forEach((name, payload) -> agent.publications().ensure(name, kept.agent(), payload));
    }

    @Override
    public void close() {
        timer.close();
    }
}
