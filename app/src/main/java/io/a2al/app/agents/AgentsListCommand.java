package io.a2al.app.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Output;
import io.a2al.app.client.RunningNodeOptions;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code a2al agents list}: lists the agents of the running node. */
@Command(
        name = "list",
        description = "List the agents that the node on this machine keeps.",
        footer = {"", "Example:", "  a2al agents list --json"})
final class AgentsListCommand implements Callable<Integer> {

    @Mixin
    private RunningNodeOptions running = new RunningNodeOptions();

    @Override
    public Integer call() throws CommandException {
        Output output = running.output();
        ObjectNode found = running.ask(api -> api.get("/agents").require());
        if (output.isJson()) {
            output.json(found);
        } else if (found.path("agents").isEmpty()) {
            output.line("no agents are registered; see a2al agents register --help");
        } else {
            found.path("agents").forEach(agent -> print(output, agent));
        }
        return 0;
    }

    private static void print(Output output, JsonNode agent) {
        String topics = agent.path("services")
                .valueStream()
                .map(service -> service.path("topic").asText())
                .collect(Collectors.joining(", "));
        output.line(agent.path("aid").asText(), topics.isEmpty() ? "no services" : topics);
    }
}
