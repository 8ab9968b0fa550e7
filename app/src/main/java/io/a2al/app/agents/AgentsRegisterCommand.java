package io.a2al.app.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Json;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.PassphraseOptions;
import io.a2al.app.client.NodeApi;
import io.a2al.app.client.NotRunningException;
import io.a2al.app.client.RunningNodeOptions;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.KeyFiles;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code a2al agents register}: has the running node keep an agent. */
@Command(
        name = "register",
        description = {
            "Have the node on this machine keep an agent: the one whose delegated key is in a data directory.",
            "The node is given the key and the proof, over HTTP on this machine, and keeps them.",
            "The owner's own key, such as a wallet's, stays where it is."
        },
        footer = {
            "",
            "Example:",
            "  a2al id delegate --data ~/agent …",
            "  a2al agents register --identity ~/agent --service localhost:9000"
        })
final class AgentsRegisterCommand implements Callable<Integer> {

    @Mixin
    private RunningNodeOptions running = new RunningNodeOptions();

    @Mixin
    private PassphraseOptions passphrases = new PassphraseOptions();

    @Option(
            names = "--identity",
            required = true,
            paramLabel = "DIR",
            description = "The directory with the agent's key and the proof that the key may act for it.")
    private Path identity = Path.of("");

    @Option(
            names = "--service",
            paramLabel = "HOST:PORT",
            description = "Where the agent's program listens on this machine, by which the node sees that it is alive.")
    private Optional<String> service = Optional.empty();

    @Override
    public Integer call() throws CommandException, KeyFileException {
        Output output = running.output();
        ObjectNode request = request();
        ObjectNode answer = running.ask(api -> register(api, request));
        String address = answer.path("aid").asText();
        if (output.isJson()) {
            output.json(Json.object().put("address", address).put("registered", true));
        } else {
            output.line("registered", address);
        }
        return 0;
    }

    private static ObjectNode register(NodeApi api, ObjectNode request) throws CommandException, NotRunningException {
        if (!api.isOnThisMachine()) {
            throw CommandException.wrongUse("the node is on another machine, to which the key would be sent in clear;"
                    + " run this there, or use a tunnel");
        }
        return api.post("/agents", request).require();
    }

    private ObjectNode request() throws CommandException, KeyFileException {
        KeyFiles keys = KeyFiles.in(identity);
        var _ = keys.requireForm();
        Optional<DelegationProof> proof = keys.delegation();
        if (proof.isEmpty()) {
            throw CommandException.wrongUse("the key in " + identity + " acts for no agent but itself; keep a proof"
                    + " there with a2al id delegate, or publish with a2al publish --keep --data " + identity);
        }
        Identity key = keys.identity(passphrases.existing());
        byte[] seed = key.exportSeed();
        try {
            ObjectNode request = Json.object()
                    .put(
                            "operational_private_key_hex",
                            HexFormat.of().formatHex(seed) + key.publicKey().toHex())
                    .put("delegation_proof_hex", proof.get().encode().toHex());
            service.ifPresent(at -> request.put("service_tcp", at));
            return request;
        } finally {
            Arrays.fill(seed, (byte) 0);
            key.destroy();
        }
    }
}
