package io.a2al.spring;

import io.a2al.dht.DhtNode;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Adds the node to the application's health, as {@code a2al}, if the application has that of Spring Boot. The property
 * {@code management.health.a2al.enabled} turns it off.
 */
@AutoConfiguration(after = A2alAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(DhtNode.class)
public class A2alHealthAutoConfiguration {

    /** For Spring. */
    public A2alHealthAutoConfiguration() {}

    /** Says whether the node knows another one. */
    @Bean
    @ConditionalOnEnabledHealthIndicator("a2al")
    @ConditionalOnMissingBean(name = "a2alHealthIndicator")
    public DhtNodeHealthIndicator a2alHealthIndicator(DhtNode node) {
        return new DhtNodeHealthIndicator(node);
    }
}
