package io.a2al.app.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.CommonOptions;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.cli.TreeText;
import io.a2al.app.client.RunningNodeOptions;
import io.a2al.protocol.id.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code a2al agents show}: shows one agent of the running node. */
@Command(
        name = "show",
        description = "Show an agent that the node on this machine keeps.",
        footer = {"", "Example:", "  a2al agents show A056475aa75463474C0285df5Dbf2bcAB73Da65135"})
final class AgentsShowCommand implements Callable<Integer> {

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
        ObjectNode found = running.ask(api -> AgentAnswers.about(address, api.get("/agents/" + address)));
        if (output.isJson()) {
            output.json(found);
        } else {
            TreeText.print(output, found);
        }
        return 0;
    }
}
