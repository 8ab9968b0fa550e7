package io.a2al.spring;

import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.DhtNodeBuilder;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.files.DataDirectoryException;
import io.a2al.dht.files.KeyFileException;
import io.a2al.dht.files.PassphraseSource;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.delegation.InvalidDelegationException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Gives the application a {@link DhtNode}, unless it has one of its own, and starts and closes it with the application.
 */
@AutoConfiguration
@ConditionalOnProperty(prefix = "a2al", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(A2alProperties.class)
public class A2alAutoConfiguration {

    /** For Spring. */
    public A2alAutoConfiguration() {}

    /**
     * Opens the directory of the node's files, which is closed after the node.
     *
     * @throws DataDirectoryException if it cannot be written, or another node has it open
     */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean({DhtNode.class, DataDirectory.class})
    @ConditionalOnProperty(prefix = "a2al", name = "data")
    public DataDirectory a2alDataDirectory(A2alProperties properties) throws DataDirectoryException {
        return DataDirectory.open(Objects.requireNonNull(properties.data(), "a2al.data"));
    }

    /**
     * Builds the node: by its properties, then by each customizer. An {@link Identity} that the application has as a
     * bean takes the place of the one in the data directory.
     *
     * @throws IOException if the address cannot be bound
     * @throws KeyFileException if the identity cannot be read
     * @throws InvalidDelegationException if the delegation in the data directory is for another identity
     */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    public DhtNode a2alNode(
            A2alProperties properties,
            ObjectProvider<DataDirectory> directory,
            ObjectProvider<Identity> identity,
            ObjectProvider<DhtNodeCustomizer> customizers)
            throws IOException, KeyFileException, InvalidDelegationException {
        InetSocketAddress listen = Endpoints.parse(properties.listen(), DhtNode.DEFAULT_PORT);
        DhtNodeBuilder builder = DhtNode.builder()
                .listen(
                        listen.isUnresolved()
                                ? new InetSocketAddress(listen.getHostString(), listen.getPort())
                                : listen)
                .seeds(properties.seeds().stream()
                        .map(seed -> Endpoints.parse(seed, DhtNode.DEFAULT_PORT))
                        .toList());
        properties.bootstrapDns().forEach(builder::bootstrapDns);
        if (properties.clientMode()) {
            builder.clientMode();
        }
        if (properties.privateNetwork()) {
            builder.privateNetwork();
        }
        Identity own = identity.getIfAvailable();
        DataDirectory kept = directory.getIfAvailable();
        if (kept != null) {
            own = own != null ? own : kept.identity(new SecureRandom(), passphrases(properties.passphraseFile()));
            keepFiles(builder, kept, own, properties);
        }
        builder.identity(own != null ? own : Identity.generate(new SecureRandom()));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private static PassphraseSource passphrases(@Nullable Path file) {
        return file == null ? PassphraseSource.none() : PassphraseSource.file(file);
    }

    private static void keepFiles(
            DhtNodeBuilder builder, DataDirectory directory, Identity identity, A2alProperties properties)
            throws KeyFileException, InvalidDelegationException {
        builder.savedContacts(directory.contactsFile())
                .seenPeers(directory.seenPeersFile())
                .deliveredMail(directory.mailDeliveredFile())
                .storeFile(directory.storeFile())
                .publicationsFile(directory.publicationsFile())
                .durability(properties.durability());
        Optional<DelegationProof> proof = directory.delegation();
        if (proof.isPresent()) {
            builder.agent(Agent.delegated(identity, proof.get()));
        }
    }

    /** Starts and closes the node with the application. */
    @Bean
    NodeLifecycle a2alNodeLifecycle(DhtNode node, A2alProperties properties) {
        return new NodeLifecycle(node, properties.autoStart());
    }
}
