package io.a2al.dht.files;

/** The forms in which an identity is kept in a directory. */
public enum KeyForm {
    /** In {@value KeyFiles#PLAIN_FILE}: every reader of the file has the identity. */
    PLAIN,
    /** In {@value KeyFiles#ENCRYPTED_FILE}: a reader of the file needs the passphrase too. */
    ENCRYPTED
}
