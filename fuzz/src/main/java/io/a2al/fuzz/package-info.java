/** Runs fuzz targets with Jazzer, which guides mutation by the code that an input reaches. */
@NullMarked
package io.a2al.fuzz;

import org.jspecify.annotations.NullMarked;
