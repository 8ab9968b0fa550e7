package io.a2al.app.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.DirectoryOption;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.cli.TimeoutOption;
import io.a2al.app.client.NetworkOptions;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.app.client.RunningNode;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code a2al ping}: shows which node answers at an address. */
@Command(
        name = "ping",
        description = {
            "See which node answers at an address, and how it sees us.",
            "All addresses of a host name are asked at once; the first answer counts.",
            "The node that runs on this machine asks, if there is one and the address is",
            "not its own."
        },
        footer = {"", "Example:", "  a2al ping 127.0.0.1:4121"})
public final class PingCommand implements Callable<Integer> {

    /** Status by which the HTTP interface says that no node answered. */
    private static final int NO_ANSWER = 504;

    /** The longest time that the HTTP interface waits, in milliseconds. */
    private static final long LONGEST_MS = 60_000;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private TimeoutOption timeout = TimeoutOption.ofWork();

    @Mixin
    private DirectoryOption data = new DirectoryOption();

    @Parameters(paramLabel = "HOST:PORT", description = "The address; the port is 4121 if left out.")
    private String target = "";

    @Override
    public Integer call() throws CommandException, InterruptedException {
        Output output = common.output();
        InetSocketAddress address = Nodes.parseNode(target);
        List<InetSocketAddress> addresses = Nodes.resolve(address);
        Optional<ObjectNode> answer = addresses.size() == 1 ? fromRunningNode(addresses.getFirst()) : Optional.empty();
        ObjectNode result = answer.isPresent() ? answer.get() : fromOwnNode(addresses);
        if (!result.path("answered").asBoolean()) {
            throw CommandException.noNetwork(Nodes.noAnswer(List.of(address))).with(result);
        }
        if (output.isJson()) {
            output.json(result);
        } else {
            output.line("address", result.path("address").asText());
            output.line("node id", result.path("node_id").asText());
            output.line("sees us at", result.path("observed").asText());
            output.line("round trip", result.path("round_trip_ms").asDouble() + " ms");
        }
        return 0;
    }

    /** Empty if none runs, or if it would ask itself, which a node does not answer. */
    private Optional<ObjectNode> fromRunningNode(InetSocketAddress to) throws CommandException {
        return NetworkOptions.<Optional<ObjectNode>>askRunning(
                        RunningNode.find(data.given()),
                        timeout,
                        api -> NetworkOptions.addressOf(api).equals(to)
                                ? Optional.empty()
                                : Optional.of(pingByHttp(api, to)))
                .orElse(Optional.empty());
    }

    private ObjectNode pingByHttp(NodeApi api, InetSocketAddress to) throws CommandException, NotRunningException {
        ObjectNode request = Json.object().put("to", Endpoints.text(to));
        timeout.left().ifPresent(left -> request.put("timeout_ms", Math.min(left.toMillis() + 1, LONGEST_MS)));
        NodeApi.Answer answer = api.post("/v1/ping", request);
        if (answer.status() == NO_ANSWER) {
            return Json.object().put("answered", false);
        }
        ObjectNode body = answer.require();
        return Json.object()
                .put("answered", true)
                .put("address", body.path("address").asText())
                .put("node_id", body.path("node_id").asText())
                .put("endpoint", body.path("endpoint").asText())
                .put("observed", body.path("observed").asText())
                .put("round_trip_ms", Math.round(body.path("round_trip_ms").asDouble() * 10) / 10.0);
    }

    private static ObjectNode fromOwnNode(List<InetSocketAddress> addresses)
            throws CommandException, InterruptedException {
        try (DhtNode node = Nodes.startClient()) {
            return switch (Nodes.ping(node, addresses)) {
                case PingResult.Answered(Contact contact, Endpoint observed, Duration roundTrip) ->
                    Json.object()
                            .put("answered", true)
                            .put("address", contact.address().toString())
                            .put("node_id", contact.nodeId().toString())
                            .put("endpoint", Endpoints.text(contact.endpoint()))
                            .put("observed", Endpoints.text(observed))
                            .put("round_trip_ms", Texts.milliseconds(roundTrip));
                case PingResult.NoAnswer() -> Json.object().put("answered", false);
            };
        }
    }
}
