package io.a2al.dht.files;

/** How an identity is kept in a directory. */
public enum KeyForm {
    /** In {@value KeyFiles#PLAIN_FILE}: whoever reads the file has the identity. */
    PLAIN,
    /** In {@value KeyFiles#ENCRYPTED_FILE}: whoever reads the file needs the passphrase, too. */
    ENCRYPTED
}
