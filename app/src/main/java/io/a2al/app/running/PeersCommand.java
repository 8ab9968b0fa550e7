package io.a2al.app.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.app.client.RunningNodeOptions;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al peers}: lists the contacts of the running node. */
@Command(
        name = "peers",
        description = "List the contacts in the routing table of the node that runs on this machine, nearest first.",
        footer = {"", "Example:", "  a2al peers --limit 20"})
public final class PeersCommand implements Callable<Integer> {

    /** The most that the interface gives in one answer. */
    private static final int PAGE = 1000;

    /** Digits of a NodeID that tell contacts apart. */
    private static final int DIGITS = 16;

    @Mixin
    private RunningNodeOptions running = new RunningNodeOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "No more than this many, 1 or more. Default: all of them.")
    private int limit = Integer.MAX_VALUE;

    @Override
    public Integer call() throws CommandException {
        if (limit < 1) {
            throw CommandException.wrongUse("--limit: " + limit + "; choose 1 or more");
        }
        Output output = running.output();
        ObjectNode found = running.ask(this::peers);
        if (output.isJson()) {
            output.json(found);
        } else if (found.path("peers").isEmpty()) {
            output.line("none yet; join with a2al node --bootstrap HOST:PORT");
        } else {
            found.path("peers").forEach(peer -> print(output, peer));
        }
        return 0;
    }

    private ObjectNode peers(NodeApi api) throws CommandException, NotRunningException {
        ObjectNode all = Json.object();
        ArrayNode peers = all.putArray("peers");
        String after = "";
        do {
            int size = Math.min(PAGE, limit - peers.size());
            ObjectNode page = api.get("/v1/peers?limit=" + size + after).require();
            page.path("peers").forEach(peers::add);
            String next = page.path("next").asText("");
            after = page.path("next").isTextual() ? "&after=" + next : "";
        } while (!after.isEmpty() && peers.size() < limit);
        return all;
    }

    private static void print(Output output, JsonNode peer) {
        String id = peer.path("node_id").asText();
        JsonNode roundTrip = peer.path("round_trip_ms");
        String line = String.format(
                Locale.ROOT,
                "%s  %-22s %-12s %s",
                id.substring(0, Math.min(DIGITS, id.length())),
                peer.path("endpoint").asText(),
                peer.path("health").asText(),
                roundTrip.isNumber() ? String.format(Locale.ROOT, "%.1f ms", roundTrip.asDouble()) : "");
        output.line(Output.printable(line.stripTrailing()));
    }
}
