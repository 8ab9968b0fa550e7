/** An agent that is a Spring Boot application. */
@NullMarked
package io.a2al.examples.spring;

import org.jspecify.annotations.NullMarked;
