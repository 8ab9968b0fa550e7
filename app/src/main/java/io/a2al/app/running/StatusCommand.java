package io.a2al.app.running;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.client.RunningNodeOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code a2al status}: tells how the running node is. */
@Command(
        name = "status",
        description = "Show how the node is that runs on this machine.",
        footer = {"", "Example:", "  a2al status"})
public final class StatusCommand implements Callable<Integer> {

    @Mixin
    private RunningNodeOptions running = new RunningNodeOptions();

    @Override
    public Integer call() throws CommandException {
        Output output = running.output();
        ObjectNode status = running.ask(api -> api.get("/v1/status").require());
        if (output.isJson()) {
            output.json(status);
            return 0;
        }
        String address = status.path("address").asText();
        String agent = status.path("agent").asText();
        output.line("address", address);
        output.line("node id", status.path("node_id").asText());
        if (!agent.equals(address)) {
            output.line("agent", agent);
        }
        output.line("listening", status.path("listen").asText());
        output.line("version", status.path("version").asText());
        output.line("running for", Texts.seconds(status.path("uptime_seconds").asLong()));
        output.line("peers", network(status));
        output.line("network", "about " + status.path("network_size").asLong() + " nodes");
        output.line(
                "records",
                status.path("records").asLong() + " at " + status.path("keys").asLong() + " keys");
        output.line("publications", status.path("publications").asLong());
        output.line("requests", status.path("requests_received").asLong() + " since the start");
        return 0;
    }

    private static String network(ObjectNode status) {
        if (status.path("connectivity_suspected").asBoolean()) {
            return status.path("peers").asInt() + ", none of which answers at present; is this machine's network up?";
        }
        return status.path("joined").asBoolean()
                ? status.path("peers").asText()
                : "none yet; join with a2al node --bootstrap HOST:PORT";
    }
}
