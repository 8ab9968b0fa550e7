/** Small programs that use a node. Each takes the address of a node of the network, such as 127.0.0.1:4121. */
@NullMarked
package io.a2al.examples;

import org.jspecify.annotations.NullMarked;
