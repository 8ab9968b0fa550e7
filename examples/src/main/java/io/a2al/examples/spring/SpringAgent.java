package io.a2al.examples.spring;

import io.a2al.dht.DhtNode;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.TopicPayload;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * A Spring Boot application that is an agent. The starter gives it a node by the properties {@code a2al.…}; it
 * publishes where it can be reached.
 */
@SpringBootApplication
public class SpringAgent {

    /** For Spring. */
    public SpringAgent() {}

    /** Takes properties, such as {@code --a2al.seeds=127.0.0.1:4121 --agent.url=https://babel.example/a2a}. */
    public static void main(String[] args) {
        SpringApplication.run(SpringAgent.class, args);
    }

    @Bean
    ApplicationRunner publish(DhtNode node, @Value("${agent.url}") String url) {
        return _ -> {
            node.join();
            node.publish(EndpointPayload.of(List.of(url)));
            node.publish(TopicPayload.of("translation", "Babel", List.of("a2a"), List.of("de")));
        };
    }
}
