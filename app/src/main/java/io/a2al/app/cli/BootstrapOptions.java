package io.a2al.app.cli;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The nodes through which a command joins the network. */
public final class BootstrapOptions {

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "A node to join the network through; the port is 4121 if left out. Can be given repeatedly.")
    private List<String> seeds = new ArrayList<>();

    /** Returns the given addresses, which may be none; names stay unresolved. */
    public List<InetSocketAddress> addresses() throws CommandException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String seed : seeds) {
            addresses.add(Nodes.parseNode(seed));
        }
        return List.copyOf(addresses);
    }

    /** Returns the given addresses, at least one. */
    public List<InetSocketAddress> required() throws CommandException {
        if (seeds.isEmpty()) {
            throw CommandException.wrongUse("no node to join the network through; name one with --bootstrap HOST:PORT");
        }
        return addresses();
    }
}
