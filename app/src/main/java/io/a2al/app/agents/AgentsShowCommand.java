package io.a2al.app.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.TreeText;
import io.a2al.app.client.NodeApi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code a2al agents show}: shows one agent of the running node. */
@Command(
        name = "show",
        description = "Show an agent that the node on this machine keeps.",
        footer = {"", "Example:", "  a2al agents show A056475aa75463474C0285df5Dbf2bcAB73Da65135"})
final class AgentsShowCommand implements Callable<Integer> {

    @Mixin
    private OneAgent agent = new OneAgent();

    @Override
    public Integer call() throws CommandException {
        ObjectNode found = agent.ask(NodeApi::get);
        Output output = agent.output();
        if (output.isJson()) {
            output.json(found);
        } else {
            TreeText.print(output, found);
        }
        return 0;
    }
}
