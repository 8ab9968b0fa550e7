package io.a2al.app.agent;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.DataOption;
import io.a2al.app.cli.Nodes;
import io.a2al.app.client.NetworkOptions;
import io.a2al.app.client.RunningNode;
import io.a2al.dht.Agent;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.KeyFiles;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The agent for which a command publishes or handles mail. */
public final class AgentOptions {

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--delegation",
            paramLabel = "FILE",
            description =
                    "Act for the agent whose owner signed the proof in this file; otherwise a proof that is kept in"
                            + " the data directory counts.")
    private Optional<Path> delegation = Optional.empty();

    /**
     * Returns the node that runs for the agent that is meant: that of the given data directory, or without one the node
     * that runs on this machine.
     */
    Optional<RunningNode> running(NetworkOptions network) throws CommandException {
        return delegation.isPresent() ? Optional.empty() : network.running(data.directory);
    }

    /** Returns the data directory that was given. */
    Optional<Path> directory() {
        return data.directory;
    }

    /** The agent of the data directory, or one for this run only. */
    public ActingAgent open() throws CommandException, IOException {
        if (data.directory.isPresent()) {
            if (delegation.isPresent()) {
                requireIdentity(data.directory.get());
            }
            return open(data.directory.get());
        }
        if (delegation.isPresent()) {
            throw CommandException.wrongUse("--delegation is for a key that is kept; give --data DIR, too");
        }
        Identity fresh = Nodes.freshIdentity();
        return new ActingAgent(fresh, Agent.self(fresh), Optional.empty());
    }

    /** The agent of the data directory, which must be given. */
    public ActingAgent openKept(String what) throws CommandException, IOException {
        if (data.directory.isEmpty()) {
            throw CommandException.wrongUse(what + "; give --data DIR");
        }
        requireIdentity(data.directory.get());
        return open(data.directory.get());
    }

    /** Refuses a directory without an identity, where a new one would be of no use; nothing is made there. */
    private static void requireIdentity(Path path) throws KeyFileException {
        var _ = KeyFiles.in(path).requireForm();
    }

    private ActingAgent open(Path path) throws CommandException, IOException {
        DataDirectory directory = DataDirectory.open(path);
        boolean opened = false;
        try {
            Identity identity = data.identity(directory);
            ActingAgent acting = new ActingAgent(identity, agent(identity, directory), Optional.of(directory));
            opened = true;
            return acting;
        } finally {
            if (!opened) {
                directory.close();
            }
        }
    }

    private Agent agent(Identity identity, DataDirectory directory) throws CommandException, IOException {
        Optional<DelegationProof> proof = delegation.isPresent() ? Optional.of(given()) : directory.delegation();
        if (proof.isEmpty()) {
            return Agent.self(identity);
        }
        try {
            return Agent.delegated(identity, proof.get());
        } catch (InvalidDelegationException e) {
            String where = delegation.map(file -> "in " + file).orElseGet(() -> "kept in " + directory.path());
            throw CommandException.wrongUse("the delegation " + where + " is of no use: " + e.getMessage());
        }
    }

    private DelegationProof given() throws CommandException {
        try {
            return KeyFiles.readDelegation(delegation.orElseThrow());
        } catch (KeyFileException e) {
            throw CommandException.wrongUse(String.valueOf(e.getMessage()));
        }
    }
}
