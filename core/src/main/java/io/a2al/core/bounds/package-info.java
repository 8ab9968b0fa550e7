/**
 * Bounded collections, and how full they are. Nothing that peers can add to is unlimited, and an operator can see every
 * limit beside what is used of it. Knows nothing about what is kept.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.core.bounds;

import org.jspecify.annotations.NullMarked;
