/**
 * Keys at rest: the identity of a node in a plain or an encrypted file, the proof by which it acts for an agent, and
 * where passphrases come from. Nothing in here shows a secret, and whoever is handed one wipes it. Locks and everything
 * else that a node keeps on disk are not in here.
 */
@NullMarked
package io.a2al.dht.files;

import org.jspecify.annotations.NullMarked;
