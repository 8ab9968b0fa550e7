package io.a2al.dht.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2al.core.api.Origin;
import io.a2al.core.api.StoredRecord;
import io.a2al.core.routing.SeenPeers;
import io.a2al.dht.DhtNode;
import io.a2al.dht.LocalStore;
import io.a2al.dht.transport.Endpoints;
import io.a2al.dht.transport.IpText;
import io.a2al.dht.transport.MemoryNetwork;
import io.a2al.dht.transport.TimeSource;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Ed25519;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.id.NodeId;
import io.a2al.protocol.message.Contact;
import io.a2al.protocol.message.Endpoint;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordVerifier;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DebugHttpServerTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private static final Identity SELF = identity(1);
    private static final Identity PEER = identity(2);

    private DhtNode node;
    private DebugHttpServer server;

    private static Identity identity(int number) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) number);
        return Identity.ofSeed(seed);
    }

    @BeforeEach
    void start() throws IOException {
        node = DhtNode.builder()
                .identity(SELF)
                .transport(new MemoryNetwork().newTransport())
                .build()
                .start();
        server = DebugHttpServer.start(node, ANY_PORT);
    }

    @AfterEach
    void stop() {
        server.close();
        node.close();
    }

    private HttpAnswer get(String path) throws IOException {
        HttpAnswer answer = HttpAnswer.get(server.address(), path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Content-Type")).isEqualTo("application/json; charset=utf-8");
        return answer;
    }

    // ---- pages ------------------------------------------------------------------------------------------------

    @Test
    void identity() throws IOException {
        assertThat(get("/debug/identity").body()).isEqualTo("""
            {
              "address": "%s",
              "node_id_hex": "%s",
              "local_addr": "127.0.0.1:10000"
            }
            """.formatted(SELF.address(), SELF.nodeId()));
    }

    @Test
    void anEmptyTableIsNull() throws IOException {
        assertThat(get("/debug/routing").body()).isEqualTo("""
            {
              "self_node_id_hex": "%s",
              "peers": null,
              "total_peers": 0
            }
            """.formatted(SELF.nodeId()));
        assertThat(get("/debug/store").body()).isEqualTo("null\n");
    }

    @Test
    void routing() throws IOException {
        byte[] ip = Bytes.fromHex("20010db8000000000000000000000001").toArray();
        Contact contact = new Contact(PEER.address(), PEER.nodeId(), Endpoint.of(ip, 4121));
        assertThat(node.peers().add(contact)).isTrue();

        assertThat(get("/debug/routing").body()).isEqualTo("""
            {
              "self_node_id_hex": "%s",
              "peers": [
                {
                  "bucket": %d,
                  "xor_distance_to_self_hex": "%s",
                  "address_hex": "%s",
                  "node_id_hex": "%s",
                  "ip": "2001:db8::1",
                  "port": 4121
                }
              ],
              "total_peers": 1
            }
            """.formatted(
                        SELF.nodeId(),
                        SELF.nodeId().commonPrefixLength(PEER.nodeId()),
                        SELF.nodeId().distance(PEER.nodeId()),
                        PEER.address().toBytes().toHex(),
                        PEER.nodeId()));
    }

    @Test
    void storeWithTheLargestNumbers() throws Exception {
        long now = TimeSource.SYSTEM.now().unixSeconds();
        RecordSigner signer = RecordSigner.self(PEER.newSigner());
        node.store().put(NodeId.ZERO, signer.sign(9, Bytes.fromHex("a0"), -1, now - 10, 0xffff_ffffL));

        assertThat(get("/debug/store").body())
                .isEqualTo("""
                    [
                      {
                        "key_node_id_hex": "%s",
                        "address_hex": "%s",
                        "rec_type": 9,
                        "seq": 18446744073709551615,
                        "timestamp": %d,
                        "ttl_seconds": 4294967295,
                        "payload_cbor_len": 1
                      }
                    ]
                    """.formatted(PEER.nodeId(), PEER.address().toBytes().toHex(), now - 10));
    }

    @Test
    void aRowIsTheRecordInTheNetworksNames() throws Exception {
        RecordSigner signer = RecordSigner.self(PEER.newSigner());
        var record = new RecordVerifier(Ed25519.preferred().newVerifier())
                .verify(signer.sign(5, Bytes.fromHex("a10102"), 7, 1_700_000_000, 3600));

        assertThat(StoreRow.of(new StoredRecord(SELF.nodeId(), record, Origin.LOCAL)))
                .isEqualTo(new StoreRow(
                        SELF.nodeId().toHex(), PEER.address().toBytes().toHex(), 5, 7, 1_700_000_000, 3600, 3));
    }

    @Test
    void stats() throws IOException {
        assertThat(get("/debug/stats").body()).isEqualTo("""
            {
              "rx_packets_verified": 0,
              "tx_packets": 0,
              "rpc_completed": 0,
              "total_peers": 0,
              "reach_1h": 0,
              "reach_24h": 0,
              "reach_7d": 0,
              "estimated_network_size": 0,
              "unique_nodes_since_start": 0
            }
            """);
    }

    @Test
    void allOurNumbersAreOnOnePage() throws IOException {
        assertThat(get("/debug/node").body())
                .contains("""
                          "echo_probe": 0,
                    """)
                .contains("""
                        "table": {
                          "contacts": {
                            "used": 0,
                            "limit": 4096
                          },
                    """)
                .contains("""
                          "evicted_keys": 0,
                    """)
                .contains("""
                        "socket": null
                    """)
                .contains("""
                      "tasks": {
                        "failures": {
                          "timer": 0,
                          "datagram": 0,
                    """)
                .endsWith("}\n");
    }

    @Test
    void statsCount() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        try (DhtNode one = DhtNode.builder()
                        .identity(SELF)
                        .transport(network.newTransport())
                        .build()
                        .start();
                DhtNode other = DhtNode.builder()
                        .identity(PEER)
                        .transport(network.newTransport())
                        .build()
                        .start()) {
            one.bootstrap(List.of(new InetSocketAddress(
                    InetAddress.ofLiteral("127.0.0.1"), other.localEndpoint().port())));
            DebugStats stats = DebugStats.of(one);

            assertThat(stats.rxPackets()).isPositive();
            assertThat(stats.txPackets()).isPositive();
            assertThat(stats.rpcOk()).isPositive();
            assertThat(stats.totalPeers()).isEqualTo(1);
            assertThat(List.of(stats.reach1h(), stats.reach24h(), stats.reach7d()))
                    .containsOnly(1);
            assertThat(stats.uniqueNodesSinceStart()).isEqualTo(1);
            assertThat(SeenPeers.WINDOW_SECONDS).isEqualTo(Duration.ofDays(7).toSeconds());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, ::",
        "00000000000000000000000000000001, ::1",
        "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
        "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
        "fe800000000000000000000000000000, fe80::",
        "cb007107, 203.0.113.7"
    })
    void addressesAreWrittenShort(String bytes, String text) {
        assertThat(IpText.of(Bytes.fromHex(bytes).toArray())).isEqualTo(text);
    }

    // ---- what is refused --------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void onlyGetIsAllowed(String method) throws IOException {
        HttpAnswer answer = HttpAnswer.ask(server.address(), method, "/debug/stats", "localhost");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body()).isEqualTo("method not allowed\n");
        assertThat(answer.field("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.field("Allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @CsvSource({
        "/debug/stats, 200, localhost",
        "/debug/node, 200, 127.0.0.1",
        "/other, 404, localhost",
        "/, 403, else.test"
    })
    void headIsAnsweredLikeGetWithoutABody(String path, int status, String host) throws IOException {
        HttpAnswer head = HttpAnswer.ask(server.address(), "HEAD", path, host);
        HttpAnswer get = HttpAnswer.ask(server.address(), "GET", path, host);
        assertThat(head.status()).isEqualTo(status).isEqualTo(get.status());
        assertThat(head.field("Content-Type"))
                .isEqualTo(get.field("Content-Type"))
                .isNotEmpty();
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/debug", "/debug/", "/debug/stats/", "/debug/stats/x", "/debug/host", "/other"})
    void otherPathsAreNotFound(String path) throws IOException {
        HttpAnswer answer = HttpAnswer.get(server.address(), path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("404 page not found\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "attacker.example:2634",
                "localhost.attacker.example",
                "127.0.0.1.attacker.example",
                "127.attacker.example",
                "203.0.113.7",
                "[::1",
                "[2001:db8::1]:80",
                ""
            })
    void d45_requestsForAnotherHostAreRefused(String host) throws IOException {
        HttpAnswer answer = HttpAnswer.ask(server.address(), "GET", "/debug/identity", host);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body())
                .startsWith("host not allowed; ")
                .doesNotContain(SELF.nodeId().toHex());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:2634", "127.0.0.1", "127.0.0.1:9", "127.8.9.10", "[::1]:2634"})
    void d45_requestsForThisMachineAreAnswered(String host) throws IOException {
        assertThat(HttpAnswer.ask(server.address(), "GET", "/debug/identity", host)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void d45_aForeignHostBesideAnAllowedOneIsRefused() throws IOException {
        List<String> lines = List.of(
                "GET /debug/identity HTTP/1.1",
                "Host: localhost",
                "Host: attacker.example",
                "Connection: close",
                "",
                "");
        assertThat(HttpAnswer.send(server.address(), String.join("\r\n", lines)).status())
                .isEqualTo(403);
    }

    private HttpAnswer getWith(String... fields) throws IOException {
        List<String> lines = new ArrayList<>(List.of("GET /debug/identity HTTP/1.1", "Connection: close"));
        lines.addAll(List.of(fields));
        return HttpAnswer.send(server.address(), String.join("\r\n", lines) + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "Cross-Site", "", "unheard-of"})
    void aRequestFromAPageOfAnotherSiteIsRefused(String site) throws IOException {
        HttpAnswer answer = getWith("Host: localhost", "Sec-Fetch-Site: " + site);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("""
            request from a page of another site; type the address into the browser, or use curl
            """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://attacker.example", "http://127.0.0.1:2635", "null", "http://localhost", ""})
    void aRequestOfAnotherOriginIsRefused(String origin) throws IOException {
        assertThat(getWith("Host: 127.0.0.1:2634", "Origin: " + origin).status())
                .isEqualTo(403);
        assertThat(getWith("Host: 127.0.0.1:2634", "Sec-Fetch-Site: same-origin", "Origin: " + origin)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void requestsThatNoOtherSiteMakesAreAnswered() throws IOException {
        assertThat(getWith("Host: localhost", "Sec-Fetch-Site: none").status()).isEqualTo(200);
        assertThat(getWith("Host: localhost:1", "Sec-Fetch-Site: same-origin", "Origin: http://localhost:1")
                        .status())
                .isEqualTo(200);
        assertThat(getWith("Host: localhost", "Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void d45_theCustomaryAddressIsLoopback() {
        assertThat(DebugHttpServer.customaryAddress().getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(DebugHttpServer.customaryAddress().getPort()).isEqualTo(2634);
    }

    @Test
    void aTakenPortIsReportedWithItsAddressAndTheRemedy() {
        assertThatThrownBy(() -> DebugHttpServer.start(node, server.address()))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot listen on " + Endpoints.of(server.address())
                        + ": address already in use; stop the other program or choose another port");
    }

    // ---- lists of the store -----------------------------------------------------------------------------------

    /** Pages beyond this do not come; their rows have more bytes than all buffers of a connection. */
    private static final int MOST_PAGES = 20_000;

    /** A node with a store of very many pages. */
    private static DhtNode endless(StoredRecord record, AtomicLong pages) {
        Iterator<List<StoredRecord>> iterator = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public List<StoredRecord> next() {
                assertThat(pages.incrementAndGet()).isLessThan(MOST_PAGES);
                return Collections.nCopies(64, record);
            }
        };
        LocalStore store = returning(LocalStore.class, "pages", iterator);
        return returning(DhtNode.class, "store", store);
    }

    private static <T> T returning(Class<T> type, String method, Object result) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
            assertThat(called.getName()).isEqualTo(method);
            return result;
        }));
    }

    private static StoredRecord record() throws Exception {
        RecordSigner signer = RecordSigner.self(PEER.newSigner());
        var record = new RecordVerifier(Ed25519.preferred().newVerifier())
                .verify(signer.sign(5, Bytes.fromHex("a10102"), 7, 1_700_000_000, 3600));
        return new StoredRecord(SELF.nodeId(), record, Origin.LOCAL);
    }

    private static Socket ask(DebugHttpServer of, String path) throws IOException {
        Socket socket = new Socket(of.address().getAddress(), of.address().getPort());
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void aListOfTheStoreIsSentWhileItIsRead() throws Exception {
        AtomicLong pages = new AtomicLong();
        try (DebugHttpServer endless = DebugHttpServer.start(endless(record(), pages), ANY_PORT);
                Socket reader = ask(endless, "/debug/store")) {
            assertThat(reader.getInputStream().readNBytes(1 << 20)).hasSize(1 << 20);
        }
        assertThat(pages).hasValueLessThan(MOST_PAGES);
    }

    @Test
    void oneListOfTheStoreIsWrittenAtATime() throws Exception {
        try (DebugHttpServer endless = DebugHttpServer.start(endless(record(), new AtomicLong()), ANY_PORT)) {
            try (Socket reader = ask(endless, "/debug/store")) {
                assertThat(reader.getInputStream().readNBytes(1000)).hasSize(1000);

                HttpAnswer second = HttpAnswer.get(endless.address(), "/debug/store");
                assertThat(second.status()).isEqualTo(503);
                assertThat(second.field("Retry-After")).isEqualTo("1");
                assertThat(HttpAnswer.ask(endless.address(), "HEAD", "/debug/store", "localhost")
                                .status())
                        .isEqualTo(200);
            }
            int status = 503;
            while (status == 503) {
                try (Socket next = ask(endless, "/debug/store")) {
                    String line = new String(next.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                    status = Integer.parseInt(line.substring(9));
                }
            }
            assertThat(status).isEqualTo(200);
        }
    }

    // ---- limits and stopping ----------------------------------------------------------------------------------

    @Test
    void whoDoesNotFinishItsHeaderIsCutOff() throws IOException {
        try (DebugHttpServer impatient =
                        DebugHttpServer.start(node, ANY_PORT, Duration.ofMillis(20), Duration.ofMinutes(1));
                Socket socket = new Socket(
                        impatient.address().getAddress(), impatient.address().getPort())) {
            socket.getOutputStream().write("GET /debug/stats HTTP/1.1\r\nHost:".getBytes(StandardCharsets.US_ASCII));

            assertThat(HttpAnswer.read(socket)).isEqualTo(new HttpAnswer("", ""));
        }
    }

    @Test
    void itStopsTwiceAndAtOnceAlthoughSomebodyIsConnected() throws IOException {
        try (Socket silent =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            assertThat(silent.isConnected()).isTrue();
            server.close();
            server.close();
        }
        assertThatThrownBy(() -> get("/debug/stats")).isInstanceOf(IOException.class);
    }
}
