/**
 * The commands of an agent: {@code publish}, {@code resolve}, {@code discover} and {@code mail}.
 */
@NullMarked
package io.a2al.app.agent;

import org.jspecify.annotations.NullMarked;
