/**
 * How the node joins the network and stays part of it: bootstrapping, refreshing buckets and the own neighbourhood, and
 * recovery after an outage. What a contact is and who becomes one is the matter of {@code core.routing}.
 */
@NullMarked
package io.a2al.core.membership;

import org.jspecify.annotations.NullMarked;
