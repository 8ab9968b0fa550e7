package io.a2al.http.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.util.ToolNameValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tools are those of docs/mcp.md. */
class ToolTableTest {

    private static final Pattern ROW = Pattern.compile("\\| `(a2al_\\w+)` \\| (.*?) \\| `([A-Z]+ /\\S*)` \\|.*");

    private static String arguments(McpTool tool) {
        return tool.arguments().isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        tool.arguments().stream()
                                .map(argument -> argument.name() + (argument.required() ? "" : "?"))
                                .toList());
    }

    @Test
    void everyToolIsDocumentedWithItsArgumentsAndNoOther() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("../docs/mcp.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1) + " | " + row.group(2) + " | " + row.group(3))
                .toList();
        assertThat(ToolTable.all())
                .extracting(tool -> tool.name() + " | " + arguments(tool) + " | " + tool.twin())
                .containsExactlyElementsOf(documented);
    }

    @Test
    void theSchemaNamesAllArgumentsAndAllowsNoOther() {
        for (McpTool tool : ToolTable.all()) {
            Map<String, Object> schema = tool.inputSchema();
            assertThat(schema).containsEntry("type", "object").containsEntry("additionalProperties", false);
            assertThat(((Map<?, ?>) schema.get("properties")).keySet().stream().map(String::valueOf))
                    .as(tool.name())
                    .containsExactlyElementsOf(
                            tool.arguments().stream().map(ToolArgument::name).toList());
            ToolNameValidator.validate(tool.name(), true);
        }
    }
}
