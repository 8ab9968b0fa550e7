package io.a2al.app.id;

import io.a2al.app.cli.CommandException;
import io.a2al.app.cli.Texts;
import io.a2al.protocol.crypto.WalletKey;
import io.a2al.protocol.id.Address;
import java.util.Locale;

/** The families of addresses whose owners have a wallet. */
public enum WalletFamily {
    ETHEREUM(Address.ETHEREUM),
    PARALISM(Address.PARALISM);

    private final int version;

    WalletFamily(int version) {
        this.version = version;
    }

    /** The family with this name. */
    static WalletFamily named(String name) throws CommandException {
        for (WalletFamily family : values()) {
            if (family.toString().equals(name)) {
                return family;
            }
        }
        throw CommandException.wrongUse("not a family of wallets: \"" + name + "\"; choose ethereum or paralism");
    }

    /** The address of a key in this family. */
    Address addressOf(WalletKey key) {
        return this == ETHEREUM ? key.ethereumAddress() : key.paralismAddress();
    }

    /** Reads an address that must be one of this family. */
    public Address parse(String text) throws CommandException {
        Address address = Texts.parseAgent(text);
        if (address.version() != version) {
            throw CommandException.wrongUse(
                    address + " is not of the family " + this + ", but of " + IdentityJson.family(address.version()));
        }
        return address;
    }

    /** Returns the name that the options take. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
