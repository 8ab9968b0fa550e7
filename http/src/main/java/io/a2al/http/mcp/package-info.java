/**
 * The node as a server of the Model Context Protocol: its tools, and the transport for Streamable HTTP. A tool asks the
 * same router as HTTP does, so that both answer alike. Nothing here is loaded before the first request to {@code /mcp}.
 */
@NullMarked
package io.a2al.http.mcp;

import org.jspecify.annotations.NullMarked;
