package io.a2al.http.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.a2al.http.route.ApiException;
import io.a2al.http.route.ApiRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which request of HTTP a call of a tool is. */
class ToolRequestTest {

    private static ApiRequest request(String tool, String arguments) throws Exception {
        McpTool found = ToolTable.all().stream()
                .filter(candidate -> candidate.name().equals(tool))
                .findFirst()
                .orElseThrow();
        return ToolRequest.of(found, (ObjectNode) SdkJson.read(arguments), true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a2al_status                 | {}                                  | GET /status | {} | ``",
                "a2al_agents_list            | {}                                  | GET /agents | {} | ``",
                "a2al_agents_generate_ethereum | {} | POST /agents/generate | {} | {\"chain\":\"ethereum\"}",
                "a2al_agent_publish          | {\"aid\":\"a0\"}                    | POST /agents/a0/publish | {} | ``",
                "a2al_resolve_records        | {\"aid\":\"a0\",\"type\":2} | GET /resolve/a0/records | {type=[2]} | ``",
                "a2al_resolve_records        | {\"aid\":\"a0\"}                    | GET /resolve/a0/records | {} | ``",
                "a2al_agent_delete           | {\"aid\":\"a0\"}                    | DELETE /agents/a0 | {} | ``",
                "a2al_service_unregister | {\"aid\":\"a\",\"service\":\"b/c d\"} "
                        + "| DELETE /agents/a/services/b/c d | {} | ``",
                "a2al_agent_patch | {\"aid\":\"a\",\"service_tcp\":\"\"} "
                        + "| PATCH /agents/a | {} | {\"service_tcp\":\"\"}",
                "a2al_agent_patch | {\"aid\":\"a\",\"service_tcp\":null} | PATCH /agents/a | {} | ``",
                "a2al_agent_register | {\"service_tcp\":\"\"} | POST /agents | {} | ``",
                "a2al_agent_publish_record | {\"aid\":\"a\",\"ttl\":0} | POST /agents/a/records | {} | {\"ttl\":3600}",
                "a2al_agent_publish_record | {\"aid\":\"a\",\"ttl\":9} | POST /agents/a/records | {} | {\"ttl\":9}",
                "a2al_ethereum_delegation_message | {\"issued_at\":18446744073709551615} "
                        + "| POST /agents/ethereum/delegation-message | {} | {\"issued_at\":18446744073709551615}",
                "a2al_discover | {\"services\":[\"x\"],\"filter\":{\"tags\":[\"t\"]}} | POST /discover | {} "
                        + "| {\"services\":[\"x\"],\"filter\":{\"tags\":[\"t\"]}}"
            })
    void aCallIsARequest(String tool, String arguments, String line, String query, String body) throws Exception {
        ApiRequest request = request(tool, arguments);
        assertThat(request.method() + " " + request.path()).isEqualTo(line);
        assertThat(request.query()).hasToString(query);
        assertThat(new String(request.body().toArray(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(request.accept()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a2al_status | {\"x\":1} | x: not known; this tool has no arguments",
                "a2al_resolve | {\"x\":1} | x: not known; choose from aid",
                "a2al_resolve | {} | aid: missing; give a text",
                "a2al_resolve | {\"aid\":\"\"} | aid: missing; give a text",
                "a2al_resolve | {\"aid\":null} | aid: missing; give a text",
                "a2al_resolve | {\"aid\":[\"a0\"]} | aid: must be a text or an integer",
                "a2al_agent_delete | {\"aid\":\"a0/services/x\"} | aid: must be without slash",
                "a2al_resolve_records | {\"aid\":\"a0\",\"type\":{}} | type: must be a text or an integer"
            })
    void anArgumentThatMakesNoRequestIsNamed(String tool, String arguments, String message) {
        assertThatThrownBy(() -> request(tool, arguments))
                .isInstanceOf(ApiException.class)
                .hasMessage(message);
    }
}
