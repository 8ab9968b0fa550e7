package io.a2al.spring;

import io.a2al.dht.Durability;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the application's node, {@code a2al.…}. What is not here is set by a {@link DhtNodeCustomizer}.
 * Immutable; thread-safe.
 *
 * @param enabled whether the application has a node at all
 * @param autoStart whether the node starts and joins the network with the application; otherwise the application calls
 *     {@code start} and {@code join}
 * @param data the directory of the node's identity and files, for one process at a time; created if it does not exist.
 *     Without it the node has a new identity at each start, and keeps nothing
 * @param passphraseFile a file whose first line opens the identity in the data directory, if that is encrypted
 * @param listen the UDP address to listen on, {@code host:port}; port 0 stands for any free one
 * @param seeds nodes to join through, each {@code host:port}
 * @param bootstrapDns DNS names whose TXT records list nodes to join through
 * @param clientMode whether the node asks only and answers no requests; for applications that run for a short time
 * @param privateNetwork whether private addresses are exempt from limits per subnet
 * @param durability when a record that the node holds is on the disk; counts with a data directory only
 */
@ConfigurationProperties("a2al")
public record A2alProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean autoStart,
        @Nullable Path data,
        @Nullable Path passphraseFile,
        @DefaultValue("0.0.0.0:4121") String listen,
        @DefaultValue List<String> seeds,
        @DefaultValue List<String> bootstrapDns,
        boolean clientMode,
        boolean privateNetwork,
        @DefaultValue("second") Durability durability) {

    /** Copies the lists. */
    public A2alProperties {
        seeds = List.copyOf(seeds);
        bootstrapDns = List.copyOf(bootstrapDns);
    }
}
