/** Describes the interface to its clients: an OpenAPI document, made of one file for each tag, and a page of it. */
@NullMarked
package io.a2al.http.docs;

import org.jspecify.annotations.NullMarked;
