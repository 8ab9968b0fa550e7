package io.a2al.sim.world;

import io.a2al.core.api.Outcome;
import io.a2al.protocol.message.Endpoint;
import io.a2al.sim.engine.Mixer;
import java.util.Locale;

/**
 * Computes the hash over all events of a run, in their order. Equal runs have equal hashes on every machine; one
 * different datagram, time or outcome makes the hash different. Not thread-safe.
 */
public final class TraceHash implements EventListener {

    private long hash;
    private long events;

    /** Creates the hash of no events. */
    public TraceHash() {}

    @Override
    public void onEvent(SimEvent event) {
        events++;
        add(event.at());
        add(event.participant());
        switch (event) {
            case SimEvent.Sent sent -> {
                add(1);
                add(sent.from());
                add(sent.to());
                add(sent.datagram().digest());
            }
            case SimEvent.Arrived arrived -> {
                add(2);
                add(arrived.datagram().digest());
            }
            case SimEvent.Lost lost -> {
                add(3);
                add(lost.reason());
                add(lost.datagram().digest());
            }
            case SimEvent.Withheld withheld -> {
                add(11);
                add(withheld.datagram().digest());
            }
            case SimEvent.Dropped dropped -> {
                add(4);
                add(dropped.cause());
            }
            case SimEvent.Submitted submitted -> {
                add(5);
                add(submitted.operation());
            }
            case SimEvent.Completed completed -> {
                add(6);
                add(completed.operation());
                add(completed.outcome());
            }
            case SimEvent.Heard heard -> {
                add(7);
                add(heard.listener());
                add(heard.record().hashCode());
            }
            case SimEvent.Started started -> add(8);
            case SimEvent.Stopped stopped -> add(9);
            case SimEvent.Suspended suspended -> add(12);
            case SimEvent.Resumed resumed -> add(13);
            case SimEvent.Judged judged -> {
                add(14);
                add(judged.sample().verdict());
            }
            case SimEvent.Fault fault -> {
                add(10);
                add(fault.what().hashCode());
            }
        }
    }

    private void add(Outcome outcome) {
        add(outcome.getClass().getSimpleName().hashCode());
        if (outcome instanceof Outcome.Records records) {
            records.records().forEach(record -> add(record.hashCode()));
            add(records.report().asked());
        }
    }

    private void add(Enum<?> value) {
        add(value.name().hashCode());
    }

    private void add(Endpoint endpoint) {
        add(endpoint.hashCode());
    }

    private void add(long value) {
        hash = Mixer.add(hash, value);
    }

    /** Returns the number of events so far. */
    public long events() {
        return events;
    }

    /** Returns the hash so far, as 16 hexadecimal digits. */
    public String value() {
        return String.format(Locale.ROOT, "%016x", hash);
    }
}
