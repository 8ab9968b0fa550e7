package io.a2al.app.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.client.NodeApi;
import io.a2al.protocol.id.Address;

/** What the node answers about one agent. Stateless. */
final class AgentAnswers {

    private AgentAnswers() {}

    /** Returns the answer, or says that there is no such agent. */
    static ObjectNode about(Address address, NodeApi.Answer answer) throws CommandException {
        if (answer.isNotFound()) {
            throw CommandException.notFound(
                    "the node keeps no agent " + address + "; a2al agents list shows those that it keeps");
        }
        return answer.require();
    }
}
