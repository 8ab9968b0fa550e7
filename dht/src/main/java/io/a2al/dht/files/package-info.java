/**
 * Files of a node: its data directory with the lock, the identity in a plain or an encrypted file, the proof by which
 * it acts for an agent, sources of passphrases, and the file of records. Nothing here shows a secret; the receiver of
 * one wipes it.
 *
 * @since 0.1.0
 */
@NullMarked
package io.a2al.dht.files;

import org.jspecify.annotations.NullMarked;
