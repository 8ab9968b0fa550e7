package io.a2al.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.a2al.dht.DhtNode;
import io.a2al.dht.SendResult;
import io.a2al.dht.Subscription;
import io.a2al.dht.transport.Endpoints;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.record.EndpointPayload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One agent sends a sealed note, another one reads it. The note waits in the network if its reader is away. */
public final class MailBetweenAgents {

    private MailBetweenAgents() {}

    /** Joins through the node at {@code args[0]}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        run(Endpoints.parse(args[0], DhtNode.DEFAULT_PORT));
    }

    static void run(InetSocketAddress seed) throws IOException, InterruptedException {
        try (DhtNode reader = nodeAt(seed);
                DhtNode sender = nodeAt(seed)) {
            // The endpoint record holds the key that notes are sealed with.
            reader.publish(EndpointPayload.of(List.of("https://reader.example")));
            CompletableFuture<Mail> first = new CompletableFuture<>();
            try (Subscription listening = reader.listenMail(note -> first.complete(note.mail()))) {
                Bytes text = Bytes.copyOf("Good morning.".getBytes(UTF_8));
                SendResult result = sender.sendMail(reader.address(), Mail.TEXT, text);
                System.out.println(result instanceof SendResult.Sent ? "sent" : "not sent: " + result);
                Mail mail = first.join();
                boolean known = mail.sender().equals(sender.address());
                System.out.println(new String(mail.body().toArray(), UTF_8) + (known ? " (from the sender)" : ""));
                System.out.println("notes lost while busy: " + listening.state().dropped());
            }
        }
    }

    private static DhtNode nodeAt(InetSocketAddress seed) throws IOException, InterruptedException {
        DhtNode node = DhtNode.builder()
                .identity(Identity.generate(new SecureRandom()))
                .listen(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
                .build()
                .start();
        node.bootstrap(List.of(seed));
        return node;
    }
}
