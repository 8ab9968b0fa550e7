package io.a2al.app.cli;

import io.a2al.dht.peers.SeedSource;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The ways by which a command joins the network. */
public final class BootstrapOptions {

    private static final String BOOTSTRAP = "--bootstrap";
    private static final String DNS = "--bootstrap-dns";
    private static final String NETWORK = "--network";

    @Option(
            names = BOOTSTRAP,
            paramLabel = "HOST:PORT",
            split = "[,\n]",
            hideParamSyntax = true,
            description = "A node to join the network through; the port is 4121 if left out. Can be given repeatedly.")
    private List<String> seeds = new ArrayList<>();

    @Option(
            names = DNS,
            paramLabel = "NAME",
            description = "A name whose DNS TXT records list nodes to join the network through.")
    private Optional<String> dnsName = Optional.empty();

    @Option(
            names = NETWORK,
            paramLabel = "WHICH",
            description = "The network to join: public (the nodes that the DNS name " + PublicNetwork.NAME
                    + " lists), private (only nodes that are named or remembered) or none (others may join).")
    private Optional<String> network = Optional.empty();

    /** Returns the given addresses, which may be none; names stay unresolved. */
    public List<InetSocketAddress> addresses() throws CommandException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String seed : seeds) {
            addresses.add(Nodes.parseNode(seed));
        }
        return List.copyOf(addresses);
    }

    /** Returns the network that was chosen. */
    public Optional<NetworkChoice> network() throws CommandException {
        if (network.isEmpty()) {
            return Optional.empty();
        }
        Optional<NetworkChoice> choice = NetworkChoice.of(network.get());
        if (choice.isEmpty()) {
            throw CommandException.wrongUse(
                    "no such network: \"" + network.get() + "\"; choose public, private or none with --network");
        }
        return choice;
    }

    /** Returns the DNS names to ask, in a network that was chosen. */
    public List<SeedSource> names(Optional<NetworkChoice> chosen) {
        Stream<String> customary = chosen.filter(NetworkChoice.PUBLIC::equals).map(_ -> PublicNetwork.NAME).stream();
        return Stream.concat(dnsName.stream(), customary)
                .distinct()
                .map(PublicNetwork::named)
                .toList();
    }

    /** Returns whether the command line itself names a way, so that the node that runs here is not meant. */
    public static boolean areIn(ParseResult parsed) {
        return Stream.of(BOOTSTRAP, DNS, NETWORK).anyMatch(parsed::hasMatchedOption);
    }
}
