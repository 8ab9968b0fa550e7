package io.a2al.app.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.a2al.app.AgentDirectories;
import io.a2al.app.Cli;
import io.a2al.app.StubNode;
import io.a2al.dht.files.KeyFiles;
import io.a2al.dht.files.PassphraseSource;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code agents …}. */
@Timeout(60)
class AgentsCommandTest {

    private static final String AGENT = "A056475aa75463474C0285df5Dbf2bcAB73Da65135";

    @TempDir
    private Path directory;

    private StubNode node;

    @BeforeEach
    void open() throws Exception {
        node = new StubNode();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void agentsAreListedWithTheirServices() throws Exception {
        node.answer(
                "GET /agents",
                200,
                "{\"agents\":[{\"aid\":\"A1\",\"services\":[{\"topic\":\"a\"},{\"topic\":\"b\"}]},"
                        + "{\"aid\":\"A2\",\"services\":null}]}");

        assertThat(node.run("agents", "list").outLines()).containsExactly("A1  a, b", "A2  no services");
        assertThat(node.runJson("agents", "list").json().get("agents")).hasSize(2);
        node.answer("GET /agents", 200, "{\"agents\":[]}");
        assertThat(node.run("agents", "list").out()).startsWith("no agents are registered");
    }

    @Test
    void oneAgentIsShown() throws Exception {
        node.answer("GET /agents/" + AGENT, 200, "{\"aid\":\"" + AGENT + "\",\"seq\":18446744073709551615}");

        assertThat(node.run("agents", "show", AGENT).outLines())
                .containsExactly("aid  " + AGENT, "seq  18446744073709551615");
        assertThat(node.runJson("agents", "show", AGENT)
                        .json()
                        .get("seq")
                        .bigIntegerValue()
                        .toString())
                .isEqualTo("18446744073709551615");
        assertThat(node.run("agents", "show", "A0").exitCode()).isEqualTo(2);
    }

    @Test
    void anAgentThatIsNotKeptIsNotFound() throws Exception {
        for (String command : new String[] {"show", "remove"}) {
            Cli.Result result = node.runJson("agents", command, AGENT);
            assertThat(result.json().get("error").textValue()).startsWith("the node keeps no agent " + AGENT);
            assertThat(result.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void anAgentIsRemoved() throws Exception {
        node.answer("GET /agents/" + AGENT, 200, "{\"aid\":\"" + AGENT + "\"}");
        node.answer("DELETE /agents/" + AGENT, 200, "{\"ok\":true}");

        assertThat(node.runJson("agents", "remove", AGENT).json().get("removed").booleanValue())
                .isTrue();
        assertThat(node.heard()).last().isEqualTo("DELETE /agents/" + AGENT);
    }

    @Test
    void theKeyAndItsProofAreGivenToTheNode() throws Exception {
        String wallet = AgentDirectories.delegated(directory, 0).toString();
        node.answer("POST /agents", 200, "{\"aid\":\"" + wallet + "\",\"status\":\"registered\"}");
        Cli.Result result =
                node.run("agents", "register", "--identity", directory.toString(), "--service", "localhost:9000");

        assertThat(result.outLines()).containsExactly("registered  " + wallet);
        var identity = KeyFiles.in(directory).identity(PassphraseSource.none());
        var sent = new ObjectMapper().readTree(node.heard().getLast().substring("POST /agents ".length()));
        String secret = HexFormat.of().formatHex(identity.exportSeed());
        assertThat(sent.get("operational_private_key_hex").textValue())
                .isEqualTo(secret + identity.publicKey().toHex());
        assertThat(sent.get("delegation_proof_hex").textValue())
                .isEqualTo(KeyFiles.in(directory)
                        .delegation()
                        .orElseThrow()
                        .encode()
                        .toHex());
        assertThat(sent.get("service_tcp").textValue()).isEqualTo("localhost:9000");
        assertThat(result.out() + result.err()).doesNotContain(secret);
    }

    @Test
    void whatCannotBeRegisteredIsNamed() throws Exception {
        assertThat(node.run("agents", "register", "--identity", directory.toString())
                        .exitCode())
                .isEqualTo(1);
        assertThat(Cli.run("id", "new", "--data", directory.toString()).exitCode())
                .isZero();
        assertThat(node.run("agents", "register", "--identity", directory.toString())
                        .err())
                .startsWith("the key in " + directory + " acts for no agent but itself");

        Path other = directory.resolve("other");
        AgentDirectories.delegated(other, 0);
        node.answer("POST /agents", 409, "{\"error\":\"another key\"}");
        assertThat(node.run("agents", "register", "--identity", other.toString())
                        .exitCode())
                .isEqualTo(4);
        assertThat(Cli.runIn(
                                Map.of("A2AL_API", "http://192.0.2.1:2121"),
                                "agents",
                                "register",
                                "--identity",
                                other.toString())
                        .err())
                .startsWith("the node is on another machine");
        assertThat(node.heard()).hasSize(1);
    }
}
