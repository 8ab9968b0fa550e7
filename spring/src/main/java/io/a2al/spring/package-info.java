/**
 * A node as a part of a Spring Boot application: its configuration, life, health and metrics.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.spring;

import org.jspecify.annotations.NullMarked;
