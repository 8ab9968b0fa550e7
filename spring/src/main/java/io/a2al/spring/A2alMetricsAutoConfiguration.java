package io.a2al.spring;

import io.a2al.dht.DhtNode;
import io.a2al.metrics.NodeMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Adds the node's numbers to each meter registry of the application, which Spring Boot binds them to. */
@AutoConfiguration(after = A2alAutoConfiguration.class)
@ConditionalOnBean(DhtNode.class)
public class A2alMetricsAutoConfiguration {

    /** For Spring. */
    public A2alMetricsAutoConfiguration() {}

    /** The meters, {@code a2al.…}. */
    @Bean
    @ConditionalOnMissingBean
    public NodeMetrics a2alNodeMetrics(DhtNode node) {
        return new NodeMetrics(node);
    }
}
