package io.a2al.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.delegation.Authorization;
import io.a2al.protocol.delegation.Delegation;
import io.a2al.protocol.delegation.DelegationProof;
import io.a2al.protocol.id.Address;
import io.a2al.protocol.record.EndpointPayload;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the lines of docs/http.md, in their order, against a node in a small network. */
@Timeout(120)
class DocumentedPathsTest {

    private static final Path DOCUMENT = Path.of("../docs/http.md");

    /** A heading, or a row of the table of paths that only say what this node does not have. */
    private static final Pattern PATH = Pattern.compile("(?:### |\\| `)([A-Z]+ /[^\\s`]*)(?:` \\| [45]\\d\\d \\|)?");

    private static final Identity OWNER = Identity.ofSeed(new byte[Identity.SEED_LENGTH]);
    private static final Identity OPERATIONAL = Identity.ofSeed("0123456789abcdef0123456789abcdef".getBytes(US_ASCII));
    private static final String WALLET_KEY = "11".repeat(32);

    @TempDir
    private Path directory;

    /** Returns all lines with curl; one that ends with a backslash goes on in the next. */
    private static List<String> curlLines() throws IOException {
        Matcher lines = Pattern.compile("(?m)^curl (?:.*\\\\\\n)*.*$").matcher(Files.readString(DOCUMENT));
        return lines.results()
                .map(line -> line.group().replaceAll("\\\\\\n\\s*", ""))
                .toList();
    }

    @Test
    void everyPathIsDocumentedAndNoOther() throws IOException {
        List<String> headings = Files.readAllLines(DOCUMENT).stream()
                .map(PATH::matcher)
                .filter(Matcher::matches)
                .map(heading -> heading.group(1))
                .toList();
        try (TestNetwork network = new TestNetwork(1, directory);
                HttpApi api = start(network)) {
            assertThat(headings)
                    .containsExactlyInAnyOrderElementsOf(api.router().paths().stream()
                            .map(path -> path.replace("*}", "}"))
                            .toList());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpApi start(TestNetwork network) throws IOException {
        return HttpApi.start(
                network.last(),
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                HttpSettings.of(directory.resolve("api.token"), "1.2.3"));
    }

    /** The keys and proofs that the document says how to get. */
    private static Map<String, String> keys() {
        WalletKey wallet = WalletKey.ofPrivateKey(Bytes.fromHex(WALLET_KEY).toArray());
        Address address = wallet.ethereumAddress();
        DelegationProof ofWallet = DelegationProof.sign(wallet, Delegation.of(OPERATIONAL.publicKey(), address, 1, 0));
        String signature = ofWallet.authorization() instanceof Authorization.ByWallet byWallet
                ? byWallet.signature().toHex()
                : "";
        return Map.of(
                "AGENT",
                OWNER.address().toString(),
                "KEY",
                Bytes.copyOf(OPERATIONAL.exportSeed())
                        .concat(OPERATIONAL.publicKey())
                        .toHex(),
                "PUBLIC",
                OPERATIONAL.publicKey().toHex(),
                "PROOF",
                DelegationProof.sign(OWNER.newSigner(), OPERATIONAL.publicKey(), 1, 0)
                        .encode()
                        .toHex(),
                "WALLET",
                address.toString(),
                "WALLETKEY",
                WALLET_KEY,
                "SIGNATURE",
                signature);
    }

    private static boolean isEndless(PlainRequest request) {
        String path = request.uri().getPath();
        return request.method().equals("GET") && (path.endsWith("/events") || path.equals("/v1/live"));
    }

    /** What is answered must also be as the OpenAPI document says. */
    @Test
    void everyLineIsAnsweredWithSuccess() throws Exception {
        HttpServer program = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        program.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        program.start();
        try (TestNetwork network = new TestNetwork(3, directory);
                HttpApi api = start(network)) {
            network.get(1).publish(EndpointPayload.of(List.of("https://other.example")));
            Map<String, String> variables = new HashMap<>(keys());
            variables.put("API", "http://" + Endpoints.text(api.address()));
            variables.put("AUTH", "Authorization: Bearer " + Files.readString(directory.resolve("api.token")));
            variables.put("PROGRAM", Endpoints.text(program.getAddress()));
            variables.put("ADDRESS", network.get(1).address().toString());
            variables.put(
                    "RECORD",
                    RecordSigner.self(OWNER.newSigner())
                            .sign(
                                    RecordType.AGENT_PROFILE,
                                    Bytes.EMPTY,
                                    1,
                                    Instant.now().getEpochSecond(),
                                    600)
                            .encoded()
                            .toHex());
            variables.put("PEER", Endpoints.text(network.get(0).localEndpoint()));
            Description description = new Description();
            List<String> refused = new ArrayList<>();
            for (String line : curlLines()) {
                PlainRequest request = CurlLine.request(line, variables);
                if (isEndless(request)) {
                    assertThat(request.begin()).as(line).isEqualTo(200);
                    continue;
                }
                PlainRequest.Answer answer = request.send();
                if (answer.status() / 100 != 2) {
                    refused.add(line + " -> " + answer.status() + " " + answer.body());
                }
                refused.addAll(
                        description.problems(request.method(), request.uri().getPath(), answer));
            }
            assertThat(refused).isEmpty();
        } finally {
            program.stop(0);
        }
    }
}
