/** Checks of what other programs show: addresses and delegation proofs. */
@NullMarked
package io.a2al.http.verify;

import org.jspecify.annotations.NullMarked;
