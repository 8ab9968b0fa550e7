package io.a2al.app.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.Texts;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.app.client.RunningNodeOptions;
import io.a2al.protocol.id.Address;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** An agent of the running node that a command is about, with the options for asking the node. */
final class OneAgent {

    @Mixin
    private RunningNodeOptions running = new RunningNodeOptions();

    @Parameters(paramLabel = "ADDRESS", description = "The agent's address.")
    private String agent = "";

    /** What a command asks about an agent. */
    @FunctionalInterface
    interface Question {
        /** Asks it, at the agent's path. */
        NodeApi.Answer ask(NodeApi api, String path) throws CommandException, NotRunningException;
    }

    Output output() {
        return running.output();
    }

    /** Returns the agent's address, checked. */
    Address address() throws CommandException {
        return Texts.parseAgent(agent);
    }

    /** Returns what the node answers, or says that it keeps no such agent. */
    ObjectNode ask(Question question) throws CommandException {
        Address address = address();
        NodeApi.Answer answer = running.ask(api -> question.ask(api, "/agents/" + address));
        if (answer.isNotFound()) {
            throw CommandException.notFound(
                    "the node keeps no agent " + address + "; a2al agents list shows those that it keeps");
        }
        return answer.require();
    }
}
