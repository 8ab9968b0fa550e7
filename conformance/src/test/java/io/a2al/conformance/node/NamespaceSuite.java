package io.a2al.conformance.node;

import io.a2al.dht.DhtNode;
import io.a2al.protocol.crypto.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;

/**
 * A process of {@link NamespaceSuiteTest}. {@code serve IP PORT} is a node until its input ends; {@code check IP PORT}
 * runs those checks there that need a public address, and prints a line for each.
 */
final class NamespaceSuite {

    /** Below the fifty requests a second that our node takes from one address. */
    private static final ProbeSettings SETTINGS =
            new ProbeSettings(Duration.ofSeconds(5), Duration.ofMillis(300), 5, 40, 20, false);

    private NamespaceSuite() {}

    /** Runs the process; see the class. */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.ofLiteral(arguments[1]), Integer.parseInt(arguments[2]));
        if (arguments[0].equals("serve")) {
            serve(address);
        } else {
            NodeReport report = NodeSuite.run(
                    address,
                    SETTINGS,
                    result -> {},
                    List.of(
                            new NatChecks(SETTINGS.listenTime()),
                            new SubscriptionChecks(),
                            new UnverifiedSenderChecks()));
            report.results()
                    .forEach(result ->
                            System.out.println(result.verdict() + " " + result.check() + ": " + result.seen()));
            System.out.println("end");
        }
    }

    private static void serve(InetSocketAddress address) throws Exception {
        try (DhtNode node = DhtNode.builder()
                        .identity(Identity.generate(new SecureRandom()))
                        .listen(address)
                        .build()
                        .start();
                Scanner input = new Scanner(System.in, StandardCharsets.UTF_8)) {
            System.out.println("ready at " + node.localEndpoint());
            while (input.hasNextLine()) {
                input.nextLine();
            }
        }
    }
}
