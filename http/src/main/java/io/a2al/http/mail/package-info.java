/** Paths that send and read the notes of the node's agent. */
@NullMarked
package io.a2al.http.mail;

import org.jspecify.annotations.NullMarked;
