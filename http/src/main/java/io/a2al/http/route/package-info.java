/** Requests and results of the HTTP interface, and which action answers what. Knows no web server. */
@NullMarked
package io.a2al.http.route;

import org.jspecify.annotations.NullMarked;
