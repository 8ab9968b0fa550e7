/**
 * What the tests of the node share: a network of nodes under one virtual clock, and records to publish in it.
 */
@NullMarked
package io.a2al.core.testing;

import org.jspecify.annotations.NullMarked;
