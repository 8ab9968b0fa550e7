package io.a2al.sim.world;

import io.a2al.core.api.Outcome;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.message.MessageType;
import io.a2al.sim.network.Datagram;
import java.util.Locale;

/** Formats events and nodes as lines of text. Changes nothing. Not thread-safe. */
public final class EventText {

    private static final double NANOS_PER_SECOND = 1e9;

    private final World world;

    /** Formats events of this world. */
    public EventText(World world) {
        this.world = world;
    }

    /** Returns one line: number, address and NodeID of a participant, its NAT, and whether it is an attacker. */
    public static String of(SimNode node) {
        return "#" + node.index() + " at " + node.host().endpoint() + ", NodeID " + node.id()
                + (node.host().nat().isPresent()
                        ? ", behind a NAT: " + lower(node.host().natKind())
                        : "")
                + (node.isHonest() ? "" : ", attacker");
    }

    /** Returns one line: the time in seconds, the participant, what happened. */
    public String of(SimEvent event) {
        String who = event.participant() == SimEvent.NO_PARTICIPANT ? "-" : "#" + event.participant();
        return String.format(Locale.ROOT, "%14.6f %6s %s", event.at() / NANOS_PER_SECOND, who, what(event));
    }

    private String what(SimEvent event) {
        return switch (event) {
            case SimEvent.Sent sent -> "sent " + text(sent.datagram()) + " to " + peer(sent.to());
            case SimEvent.Arrived arrived -> "got " + text(arrived.datagram()) + " from " + peer(arrived.from());
            case SimEvent.Lost lost ->
                "lost " + text(lost.datagram()) + " to " + peer(lost.to()) + ": " + lower(lost.reason());
            case SimEvent.Withheld withheld -> "withheld " + text(withheld.datagram()) + " to " + peer(withheld.to());
            case SimEvent.Dropped dropped ->
                "dropped what came from " + peer(dropped.from()) + ": " + lower(dropped.cause());
            case SimEvent.Submitted submitted ->
                "operation " + submitted.operation() + " begins: " + name(submitted.command());
            case SimEvent.Completed completed ->
                "operation " + completed.operation() + " ends: " + text(completed.outcome());
            case SimEvent.Heard heard ->
                "listener " + heard.listener() + " hears " + heard.record().record();
            case SimEvent.Started started -> "is switched on";
            case SimEvent.Stopped stopped -> "is switched off";
            case SimEvent.Suspended suspended -> "falls asleep";
            case SimEvent.Resumed resumed -> "wakes up";
            case SimEvent.Judged judged ->
                "record " + judged.sample().record() + ": "
                        + lower(judged.sample().verdict());
            case SimEvent.Fault fault -> fault.what();
        };
    }

    /** Returns an address and the participant that has it now. */
    private String peer(Endpoint endpoint) {
        return world.network()
                .hostKnownAs(endpoint)
                .map(host -> endpoint + " (#" + host.index() + ")")
                .orElse(endpoint.toString());
    }

    private static String text(Datagram datagram) {
        return datagram.type().map(MessageType::name).orElse("OTHER") + " of " + datagram.length() + " bytes";
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Records(var records, var report) ->
                records.size() + " records, " + report.asked() + " asked, " + report.answered() + " answered";
            case Outcome.Nodes(var nodes, var report) -> nodes.size() + " nodes, " + report.asked() + " asked";
            default -> outcome.toString();
        };
    }

    private static String name(Object value) {
        return value.getClass().getSimpleName();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
