/** Which requests are answered: by their Host, by the site that they come from, and by their token. */
@NullMarked
package io.a2al.http.access;

import org.jspecify.annotations.NullMarked;
