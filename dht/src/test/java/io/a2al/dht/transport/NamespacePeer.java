package io.a2al.dht.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/**
 * A process of {@link WildcardNamespaceTest}. {@code serve PORT} answers on all addresses until its input ends. {@code
 * ask PORT} asks at each IP address that a line of its input names, from a socket that takes answers from there only,
 * as a stateful firewall does. Both print a line when they are ready, and {@code ask} one for each answer.
 */
final class NamespacePeer {

    /** Long enough for the slowest machine; only a lost answer ever waits for it, and it is asked again before. */
    private static final int ATTEMPTS = 100;

    private static final int ATTEMPT_MILLIS = 300;

    private NamespacePeer() {}

    /** Runs the process; see the class. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        try (Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8)) {
            if (arguments[0].equals("serve")) {
                serve(port, lines);
            } else {
                System.out.println("ready");
                while (lines.hasNextLine()) {
                    System.out.println(ask(new InetSocketAddress(InetAddress.ofLiteral(lines.nextLine()), port)));
                }
            }
        }
    }

    private static void serve(int port, Scanner lines) throws Exception {
        try (UdpTransport transport = UdpTransport.open(new InetSocketAddress(port), 2)) {
            transport.start(() -> (from, buffer, length) -> transport.answer(from, buffer, length));
            System.out.println("ready");
            while (lines.hasNextLine()) {
                lines.nextLine();
            }
        }
    }

    private static String ask(InetSocketAddress asked) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(asked);
            socket.setSoTimeout(ATTEMPT_MILLIS);
            for (int i = 0; i < ATTEMPTS; i++) {
                try {
                    socket.send(new DatagramPacket(new byte[1], 1));
                    socket.receive(new DatagramPacket(new byte[1], 1));
                    return "answered";
                } catch (IOException notYet) {
                    // A new address of IPv6 and its neighbours take a moment.
                }
            }
            return "no answer";
        }
    }
}
