package io.a2al.dht.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * Queries the name servers of this machine, or one given server, through the JDK's DNS client. Waits 2 s for an answer,
 * at most three times. Immutable and thread-safe.
 */
public final class SystemTxtResolver implements TxtResolver {

    private static final String CLIENT = "com.sun.jndi.dns.DnsContextFactory";
    private static final String FIRST_WAIT_MILLIS = "2000";
    private static final String TRIES = "3";
    private static final String TXT = "TXT";

    /** Valid names. The naming system would take other texts for URLs of other services than the DNS. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,253}");

    private final String servers;

    /** A resolver that queries the name servers of this machine. */
    public SystemTxtResolver() {
        this("dns:");
    }

    private SystemTxtResolver(String servers) {
        this.servers = servers;
    }

    /** Returns a resolver that queries the name server at this address and port. */
    static SystemTxtResolver at(String host, int port) {
        return new SystemTxtResolver("dns://" + host + ":" + port);
    }

    /**
     * The dangers of JNDI are other protocols than the DNS, and objects; NAME and the type of the answer exclude both.
     * It takes its settings in a Hashtable only.
     */
    @Override
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    public List<String> texts(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException("not a DNS name: \"" + name + "\"; use letters, digits, '-', '_' and '.'");
        }
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, CLIENT);
        environment.put(Context.PROVIDER_URL, servers);
        environment.put("com.sun.jndi.dns.timeout.initial", FIRST_WAIT_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
        try {
            InitialDirContext dns = new InitialDirContext(environment);
            try {
                return texts(dns.getAttributes(name, new String[] {TXT}).get(TXT), name);
            } finally {
                dns.close();
            }
        } catch (NamingException e) {
            throw new IOException("DNS query for " + name + " failed: " + e.getMessage(), e);
        }
    }

    private static List<String> texts(Attribute records, String name) throws NamingException, IOException {
        if (records == null) {
            throw new IOException("the DNS has no " + TXT + " records of " + name);
        }
        List<String> texts = new ArrayList<>();
        NamingEnumeration<?> all = records.getAll();
        while (all.hasMore()) {
            texts.add(join(String.valueOf(all.next())));
        }
        return texts;
    }

    /**
     * Returns the text of a TXT record, which is a list of strings of at most 255 bytes, to be concatenated. The JDK's
     * client separates them by a space, quotes those that contain spaces or are empty, and puts a backslash before
     * quotes and backslashes in them.
     */
    static String join(String presented) {
        StringBuilder text = new StringBuilder(presented.length());
        boolean quoted = false;
        for (int i = 0; i < presented.length(); i++) {
            char c = presented.charAt(i);
            if (c == '\\' && i + 1 < presented.length()) {
                text.append(presented.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c != ' ' || quoted) {
                text.append(c);
            }
        }
        return text.toString();
    }
}
