package io.a2al.http.mcp;

import java.util.List;

/** The paths that tools ask, for the test that they exist. */
public final class McpTwins {

    private McpTwins() {}

    public static List<String> all() {
        return ToolTable.all().stream().map(McpTool::twin).toList();
    }
}
