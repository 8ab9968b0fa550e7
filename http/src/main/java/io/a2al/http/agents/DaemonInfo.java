package io.a2al.http.agents;

import java.net.InetSocketAddress;

/**
 * What these paths tell of the program.
 *
 * @param version its version
 * @param address where it serves
 * @param tokenAlways true if requests from this machine need the token, too
 */
public record DaemonInfo(String version, InetSocketAddress address, boolean tokenAlways) {}
