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
 * Asks the name servers of this machine, or one given server, by way of the JDK's own DNS client. Waits 2 s for an
 * answer, three times at the most. Immutable and thread-safe.
 */
public final class SystemTxtResolver implements TxtResolver {

    private static final String CLIENT = "com.sun.jndi.dns.DnsContextFactory";
    private static final String FIRST_WAIT_MILLIS = "2000";
    private static final String TRIES = "3";
    private static final String TXT = "TXT";

    /** Anything else could be a URL to the naming system, and be taken somewhere else than to the DNS. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,253}");

    private final String servers;

    /** Asks the name servers of this machine. */
    public SystemTxtResolver() {
        this("dns:");
    }

    private SystemTxtResolver(String servers) {
        this.servers = servers;
    }

    /** Asks the name server at this address and port. */
    static SystemTxtResolver at(String host, int port) {
        return new SystemTxtResolver("dns://" + host + ":" + port);
    }

    /**
     * What is dangerous about JNDI is other protocols than the DNS, and objects; NAME and the answer's type exclude
     * both. It wants its settings in a Hashtable.
     */
    @Override
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    public List<String> texts(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException("not a name of the DNS: \"" + name + "\"");
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
            throw new IOException("the DNS does not tell about " + name + ": " + e.getMessage(), e);
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
     * A TXT record is a list of strings of at most 255 bytes that belong together without anything between them. The
     * JDK's client separates them by a space, quotes those that have spaces or are empty, and puts a backslash before
     * quotes and backslashes within.
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
