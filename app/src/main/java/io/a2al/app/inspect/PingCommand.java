package io.a2al.app.inspect;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.dht.DhtNode;
import io.a2al.dht.result.PingResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code a2al ping}: shows which node answers at an address. */
@Command(
        name = "ping",
        description = {
            "See which node answers at an address, and how it sees us.",
            "All addresses of a host name are asked at once; the first answer counts."
        },
        footer = {"", "Example:", "  a2al ping 127.0.0.1:4121"})
public final class PingCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "HOST:PORT", description = "The address; the port is 4121 if left out.")
    private String target = "";

    @Override
    public Integer call() throws CommandException, InterruptedException {
        Output output = common.output();
        InetSocketAddress address = Nodes.parseNode(target);
        List<InetSocketAddress> addresses = Nodes.resolve(address);
        try (DhtNode node = Nodes.startClient()) {
            return switch (Nodes.ping(node, addresses)) {
                case PingResult.Answered(Contact contact, Endpoint observed, Duration roundTrip) -> {
                    print(output, contact, observed, roundTrip);
                    yield 0;
                }
                case PingResult.NoAnswer() -> {
                    if (output.isJson()) {
                        output.json(Json.object().put("answered", false));
                    }
                    throw CommandException.failed(Nodes.noAnswer(List.of(address)));
                }
            };
        }
    }

    private static void print(Output output, Contact contact, Endpoint observed, Duration roundTrip) {
        double milliseconds = Texts.milliseconds(roundTrip);
        if (output.isJson()) {
            output.json(Json.object()
                    .put("answered", true)
                    .put("address", contact.address().toString())
                    .put("node_id", contact.nodeId().toString())
                    .put("endpoint", Endpoints.text(contact.endpoint()))
                    .put("observed", Endpoints.text(observed))
                    .put("round_trip_ms", milliseconds));
        } else {
            output.line("address", contact.address());
            output.line("node id", contact.nodeId());
            output.line("sees us at", Endpoints.text(observed));
            output.line("round trip", milliseconds + " ms");
        }
    }
}
