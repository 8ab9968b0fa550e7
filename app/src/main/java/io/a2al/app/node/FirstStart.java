package io.a2al.app.node;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.NetworkChoice;
import io.a2al.app.cli.Nodes;
import io.a2al.app.cli.Output;
import io.a2al.app.cli.PublicNetwork;
import io.a2al.app.config.Remembered;
import java.io.Console;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first start of a node that is given no way into a network. At a terminal it explains which networks there are,
 * and asks once; the answer is kept in the configuration. A script is told what to set.
 */
final class FirstStart {

    private static final int TRIES = 3;

    private static final String HINT =
            "no way into a network is known, so this node waits for others to join through it;"
                    + " join with --network public or --bootstrap HOST:PORT, or say --network none";

    private final Output output;
    private final Path configuration;

    /** Keeps the answer in this file. */
    FirstStart(Output output, Path configuration) {
        this.output = output;
        this.configuration = configuration;
    }

    /** Where an operator answers. */
    @FunctionalInterface
    interface Terminal {
        /** Returns the answer to a question; empty at the end of the input. */
        Optional<String> ask(String question);
    }

    /**
     * The answer.
     *
     * @param network the network to join
     * @param seeds nodes of it that were named
     * @param hint what to tell the operator when the node runs
     */
    record Choice(NetworkChoice network, List<InetSocketAddress> seeds, Optional<String> hint) {}

    /**
     * Returns the terminal of the process. Whether there is a console without one depends on the JDK and its settings.
     */
    @SuppressWarnings("SystemConsoleNull")
    static Optional<Terminal> terminal() {
        Console console = System.console();
        return console != null && console.isTerminal()
                ? Optional.of(question -> Optional.ofNullable(console.readLine("%s", question)))
                : Optional.empty();
    }

    /** Has the operator choose, if there is one. */
    Choice choose(Optional<Terminal> terminal) throws CommandException {
        if (terminal.isEmpty()) {
            return new Choice(NetworkChoice.NONE, List.of(), Optional.of(HINT));
        }
        List.of(
                        "This node knows no way into a network yet. Which one should it join?",
                        "  public   the network that all can share; the nodes that the DNS name",
                        "           " + PublicNetwork.NAME + " lists",
                        "  private  a network of your own; you name one of its nodes",
                        "  none     none yet; others join through this node")
                .forEach(output::line);
        Optional<NetworkChoice> network = network(terminal.get());
        if (network.isEmpty()) {
            return new Choice(NetworkChoice.NONE, List.of(), Optional.empty());
        }
        List<String> seeds = network.get() == NetworkChoice.PRIVATE ? List.of(seed(terminal.get())) : List.of();
        try {
            Remembered.network(configuration, network.get(), seeds);
            output.line("kept in", configuration);
        } catch (CommandException unwritable) {
            output.warn(unwritable.getMessage() + "; the question comes again at the next start");
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String seed : seeds) {
            addresses.add(Nodes.parseNode(seed));
        }
        return new Choice(network.get(), addresses, Optional.empty());
    }

    private static Optional<NetworkChoice> network(Terminal terminal) throws CommandException {
        String question = "public, private or none [none]: ";
        for (int i = 0; i < TRIES; i++) {
            Optional<String> answer = terminal.ask(question);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            String text = answer.get().isBlank() ? NetworkChoice.NONE.text() : answer.get();
            Optional<NetworkChoice> choice = NetworkChoice.of(text);
            if (choice.isPresent()) {
                return choice;
            }
        }
        throw CommandException.wrongUse("no such network; choose public, private or none with --network");
    }

    private String seed(Terminal terminal) throws CommandException {
        for (int i = 0; i < TRIES; i++) {
            Optional<String> answer = terminal.ask("a node to join through, HOST:PORT: ");
            if (answer.isEmpty()) {
                break;
            }
            try {
                var _ = Nodes.parseNode(answer.get().strip());
                return answer.get().strip();
            } catch (CommandException wrong) {
                output.warn(String.valueOf(wrong.getMessage()));
            }
        }
        throw CommandException.wrongUse(
                "no node to join a private network through; name one with --bootstrap HOST:PORT");
    }
}
