/** The web server and its limits. The one package that configures Jetty. */
@NullMarked
package io.a2al.http.server;

import org.jspecify.annotations.NullMarked;
