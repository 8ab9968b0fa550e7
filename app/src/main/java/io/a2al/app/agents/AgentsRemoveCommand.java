package io.a2al.app.agents;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.client.NodeApi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code a2al agents remove}: has the running node keep an agent no longer. */
@Command(
        name = "remove",
        description = {
            "Have the node on this machine keep an agent no longer.",
            "What it published for the agent expires within the hour."
        },
        footer = {"", "Example:", "  a2al agents remove A056475aa75463474C0285df5Dbf2bcAB73Da65135"})
final class AgentsRemoveCommand implements Callable<Integer> {

    @Mixin
    private OneAgent agent = new OneAgent();

    @Override
    public Integer call() throws CommandException {
        // The path for removal says that it is done for any address, so the agent is asked for first.
        var _ = agent.ask(NodeApi::get);
        var _ = agent.ask(NodeApi::delete);
        Output output = agent.output();
        if (output.isJson()) {
            output.json(Json.object().put("address", agent.address().toString()).put("removed", true));
        } else {
            output.line("removed", agent.address());
        }
        return 0;
    }
}
