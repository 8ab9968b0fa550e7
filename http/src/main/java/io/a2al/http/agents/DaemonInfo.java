package io.a2al.http.agents;

import io.a2al.http.program.LogLevel;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What these paths tell of the program.
 *
 * @param version its version
 * @param address where it serves
 * @param tokenAlways true if requests from this machine need the token, too
 * @param log the level of its log, if that may be set here
 */
public record DaemonInfo(String version, InetSocketAddress address, boolean tokenAlways, Optional<LogLevel> log) {}
