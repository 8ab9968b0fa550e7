/**
 * How records stay in the network: which nodes hold a publication, when to look after them, when to find others. Pure
 * and stepped by its owner like a lookup: it says what to do next and is told what came of it. Nothing here sends,
 * waits, or looks at a signature.
 */
@NullMarked
package io.a2al.core.publish;

import org.jspecify.annotations.NullMarked;
