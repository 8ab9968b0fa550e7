/**
 * What keeps things from growing, and tells how far they have grown: nothing that other machines can add to is
 * unlimited, and an operator can see every limit beside what is used of it. Knows nothing about what is kept.
 */
@NullMarked
package io.a2al.core.bounds;

import org.jspecify.annotations.NullMarked;
