/**
 * Makes of the program's jars a folder that starts quickly (the image), and packages of that: an archive, a Debian
 * package, a container image. Equal input gives equal bytes.
 */
@NullMarked
package io.a2al.dist;

import org.jspecify.annotations.NullMarked;
