package io.a2al.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2al.core.api.NodeEvent;
import io.a2al.dht.Agent;
import io.a2al.dht.DhtNode;
import io.a2al.dht.files.DataDirectory;
import io.a2al.dht.result.NodeClosedException;
import io.a2al.dht.result.ResolveResult;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.Transport;
import io.a2al.metrics.NodeMetrics;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.record.EndpointPayload;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applications with the starter: what they get by default, what they set, and a real one beside another node. */
@Timeout(60)
class StarterTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    A2alAutoConfiguration.class, A2alHealthAutoConfiguration.class, A2alMetricsAutoConfiguration.class))
            .withPropertyValues("a2al.listen=127.0.0.1:0");

    @TempDir
    private Path directory;

    @Test
    void theApplicationHasANodeThatRuns() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(DhtNode.class).hasSingleBean(NodeMetrics.class);
            assertThat(context).doesNotHaveBean(DataDirectory.class);
            assertThat(context.getBean(NodeLifecycle.class).isRunning()).isTrue();
            assertThat(context.getBean(DhtNode.class).localEndpoint().port()).isPositive();
        });
    }

    @Test
    void theNodeIsClosedWithTheApplication() {
        DhtNode[] used = new DhtNode[1];
        runner.run(context -> used[0] = context.getBean(DhtNode.class));

        assertThat(used[0].joinAsync())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(NodeClosedException.class);
    }

    @Test
    void itCanBeTurnedOff() {
        runner.withPropertyValues("a2al.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DhtNode.class)
                        .doesNotHaveBean(NodeMetrics.class)
                        .doesNotHaveBean(HealthIndicator.class));
        runner.withPropertyValues("a2al.auto-start=false")
                .run(context -> assertThat(context.getBean(NodeLifecycle.class).isRunning())
                        .isFalse());
    }

    /** A node of the application's own, in memory. */
    @Configuration(proxyBeanMethods = false)
    static class OwnNode {
        @Bean(destroyMethod = "close")
        DhtNode own() throws Exception {
            return DhtNode.builder()
                    .identity(Identity.generate(new SecureRandom()))
                    .transport(new MemoryNetwork().newTransport())
                    .build();
        }
    }

    @Test
    void aNodeOfTheApplicationTakesItsPlace() {
        runner.withUserConfiguration(OwnNode.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(DhtNode.class)
                        .hasBean("own")
                        .hasSingleBean(NodeMetrics.class)
                        .hasBean("a2alHealthIndicator"));
    }

    @Test
    void customizersSetWhatPropertiesCannot() {
        Transport transport = new MemoryNetwork().newTransport();
        runner.withBean(DhtNodeCustomizer.class, () -> builder -> builder.transport(transport))
                .run(context -> assertThat(context.getBean(DhtNode.class).localEndpoint())
                        .isEqualTo(transport.localEndpoint()));
    }

    @Test
    void theDirectoryKeepsTheIdentityAndTheDelegation() throws Exception {
        Identity owner = Identity.generate(new SecureRandom());
        Identity own;
        try (DataDirectory files = DataDirectory.open(directory)) {
            own = files.identity(new SecureRandom());
            files.keys().keep(DelegationProof.sign(owner.newSigner(), own.publicKey(), 1, 0));
        }

        runner.withPropertyValues("a2al.data=" + directory).run(context -> {
            assertThat(context.getBean(DhtNode.class).address()).isEqualTo(own.address());
            assertThat(context.getBean(DhtNode.class).agent().address()).isEqualTo(owner.address());
        });
        // The lock is free again, and the node's files are written.
        try (DataDirectory files = DataDirectory.open(directory)) {
            assertThat(directory)
                    .isDirectoryContaining(file -> file.getFileName()
                            .toString()
                            .startsWith(files.storeFile().getFileName() + "."));
        }
    }

    @Test
    void anIdentityOfTheApplicationIsUsed() {
        Identity own = Identity.generate(new SecureRandom());
        runner.withBean(Identity.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(DhtNode.class).agent()).isEqualTo(Agent.self(own)));
    }

    @Test
    void aWrongPropertyIsNamed() {
        runner.withPropertyValues("a2al.listen=300.1.1.1:4121")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("300.1.1.1:4121"));
    }

    @Test
    void withoutHealthAndMetricsOfSpringItWorksAllTheSame() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(DhtNode.class)
                        .doesNotHaveBean("a2alHealthIndicator"));
    }

    @Test
    void aNodeThatKnowsNoOtherIsDown() {
        runner.run(context -> {
            Health health = context.getBean(DhtNodeHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).containsEntry("contacts", 0).containsKey("reason");
        });
    }

    /** An application of nothing but the starter and what Spring Boot configures. */
    @SpringBootApplication
    static class Application {}

    @Test
    void aRealApplicationJoinsPublishesAndReports() throws Exception {
        try (DhtNode other = DhtNode.builder()
                .identity(Identity.generate(new SecureRandom()))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()
                .start()) {
            CountDownLatch met = new CountDownLatch(1);
            try (var events = other.listenEvents(event -> {
                        if (event instanceof NodeEvent.ContactAdded) {
                            met.countDown();
                        }
                    });
                    ConfigurableApplicationContext context = run(
                            "--a2al.listen=127.0.0.1:0",
                            "--a2al.seeds=" + Endpoints.text(other.localEndpoint()),
                            "--spring.main.banner-mode=off")) {
                assertThat(events.isOpen()).isTrue();
                DhtNode node = context.getBean(DhtNode.class);
                node.join();
                met.await();
                node.publish(EndpointPayload.of(List.of("https://babel.example/a2a")));

                assertThat(other.resolve(node.address())).isInstanceOf(ResolveResult.Found.class);
                assertThat(context.getBean(DhtNodeHealthIndicator.class)
                                .health()
                                .getStatus())
                        .isEqualTo(Status.UP);
                assertThat(context.getBean(MeterRegistry.class)
                                .get("a2al.size")
                                .tag("part", "store.keys")
                                .gauge())
                        .isNotNull();
            }
        }
    }

    private static ConfigurableApplicationContext run(String... args) {
        SpringApplication application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .build();
        return application.run(args);
    }
}
