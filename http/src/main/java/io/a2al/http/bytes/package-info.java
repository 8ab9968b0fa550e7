/** Answers what bytes mean that a client sends. */
@NullMarked
package io.a2al.http.bytes;

import org.jspecify.annotations.NullMarked;
