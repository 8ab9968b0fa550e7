package io.a2al.app.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.app.client.RunningNodeOptions;
import io.a2al.protocol.id.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RunningNodeOptions running = new RunningNodeOptions();

    @Parameters(paramLabel = "ADDRESS", description = "The agent's address.")
    private String agent = "";

    @Override
    public Integer call() throws CommandException {
        Output output = common.output();
        Address address = Texts.parseAgent(agent);
        var _ = running.ask(api -> remove(api, address));
        if (output.isJson()) {
            output.json(Json.object().put("address", address.toString()).put("removed", true));
        } else {
            output.line("removed", address);
        }
        return 0;
    }

    /** The path for removal says that it is done for any address, so the agent is asked for first. */
    private static ObjectNode remove(NodeApi api, Address address) throws CommandException, NotRunningException {
        var _ = AgentAnswers.about(address, api.get("/agents/" + address));
        return AgentAnswers.about(address, api.delete("/agents/" + address));
    }
}
