package io.a2al.http.fuzz;

import io.a2al.dht.DhtNode;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.http.agents.AgentsApi;
import io.a2al.http.agents.DaemonInfo;
import io.a2al.http.bytes.InspectResource;
import io.a2al.http.mail.MailResource;
import io.a2al.http.publish.OpenPublications;
import io.a2al.http.publish.PublicationResource;
import io.a2al.http.registry.AgentRegistry;
import io.a2al.http.registry.RegistrySettings;
import io.a2al.http.route.ApiRequest;
import io.a2al.http.route.ApiResult;
import io.a2al.http.route.Router;
import io.a2al.http.verify.VerifyResource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first byte of the input chooses a path, the rest is the body. Whatever it is, no action throws, and the status is
 * none of a failure of this program: 500 or 501. The node, which has one peer, may say with 502 to 504 that others did
 * not answer. Left out are paths that wait for an address or a program which the body names.
 */
public final class HttpBodyTarget {

    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Methods and paths by the first byte. */
    static final List<String> PATHS = List.of(
            "POST /v1/verify",
            "POST /v1/inspect",
            "POST /v1/publications",
            "POST /v1/mail",
            "POST /v1/mail/delivered",
            "POST /agents",
            "POST /agents/ethereum/delegation-message",
            "POST /agents/ethereum/register",
            "POST /agents/ethereum/proof",
            "POST /agents/paralism/proof",
            "PATCH /agents/{aid}",
            "POST /agents/{aid}/records",
            "POST /agents/{aid}/services",
            "POST /agents/{aid}/profile",
            "POST /agents/{aid}/publish",
            "POST /agents/{aid}/heartbeat",
            "POST /agents/{aid}/mailbox/send",
            "POST /agents/{aid}/mailbox/poll",
            "POST /discover",
            "PATCH /config");

    private static final Router ROUTER = start();

    private HttpBodyTarget() {}

    private static DhtNode start(MemoryNetwork network, Identity identity) throws IOException {
        return DhtNode.builder()
                .identity(identity)
                .transport(network.newTransport())
                .build()
                .start();
    }

    /** Starts two nodes that stay for the life of the process, as fuzzing ends with it. */
    private static Router start() {
        try {
            MemoryNetwork network = new MemoryNetwork();
            DhtNode peer = start(network, Seeds.RECIPIENT);
            DhtNode node = start(network, Seeds.SENDER);
            node.bootstrap(List.of(Endpoints.toSocketAddress(peer.localEndpoint())));
            RegistrySettings limits =
                    new RegistrySettings(8, 4, 16, Duration.ofHours(1), SHORT, LONG, Duration.ofMinutes(1));
            AgentRegistry agents = AgentRegistry.open(node, Optional.empty(), limits);
            OpenPublications publications = new OpenPublications(node);
            Router.Builder routes = Router.builder();
            new VerifyResource(() -> Seeds.NOW).addTo(routes);
            new InspectResource(() -> Seeds.NOW).addTo(routes);
            new PublicationResource(publications).addTo(routes);
            new MailResource(node).addTo(routes);
            InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1);
            AgentsApi.addTo(
                    routes, node, agents, publications, new DaemonInfo("1.2.3", address, false, Optional.empty()));
            Router router = routes.build();
            String agent = "{\"operational_private_key_hex\":\"" + Seeds.keyHex(Seeds.SENDER)
                    + "\",\"delegation_proof_hex\":\"" + Seeds.proof().toHex() + "\"}";
            byte[] body = agent.getBytes(StandardCharsets.UTF_8);
            ApiResult registered = ask(router, "POST", "/agents", Bytes.copyOf(body));
            Check.that(registered.status() == 200, "the agent is registered: " + registered.body());
            return router;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks one input. */
    public static void fuzzerTestOneInput(byte[] input) throws InterruptedException {
        if (input.length == 0) {
            return;
        }
        String[] methodAndPath = PATHS.get(Byte.toUnsignedInt(input[0]) % PATHS.size())
                .replace("{aid}", Seeds.AGENT.address().toString())
                .split(" ");
        ApiResult result = ask(ROUTER, methodAndPath[0], methodAndPath[1], Bytes.copyOfRange(input, 1, input.length));
        Check.that(
                result.status() < 500 || result.status() > 501 && result.status() <= 504,
                methodAndPath[1] + " answers no request with " + result.status());
    }

    private static ApiResult ask(Router router, String method, String path, Bytes body) throws InterruptedException {
        return router.answer(
                new ApiRequest(method, path, Map.of(), Map.of(), "application/json", Optional.empty(), body, true));
    }
}
