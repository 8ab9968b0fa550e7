/** The command {@code mcp}: the Model Context Protocol over standard input and output. */
@NullMarked
package io.a2al.app.mcp;

import org.jspecify.annotations.NullMarked;
